import { describe, expect, it } from "vitest";
import { floatToHalf, halfToFloat } from "@/lib/science/network/half";

const half = (value: number) => floatToHalf(Float32Array.of(value))[0];

describe("half precision", () => {
  it("has the bit patterns of IEEE 754 binary16", () => {
    expect(half(1)).toBe(0x3c00);
    expect(half(-2)).toBe(0xc000);
    expect(half(65504)).toBe(0x7bff);
    expect(half(1 / 3)).toBe(0x3555);
    expect(half(2 ** -14)).toBe(0x0400); // the smallest normal number
    expect(half(2 ** -24)).toBe(0x0001); // the smallest of all
    expect(half(-0)).toBe(0x8000);
    expect(half(Number.POSITIVE_INFINITY)).toBe(0x7c00);
  });

  it("rounds to the nearest, ties to even, and to infinity beyond its range", () => {
    expect(half(1 + 2 ** -11)).toBe(0x3c00); // halfway between 1 and the next: the even one
    expect(half(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(half(1 + 2 ** -11 + 2 ** -20)).toBe(0x3c01);
    expect(half(2 ** -25)).toBe(0x0000);
    expect(half(3 * 2 ** -25)).toBe(0x0002);
    expect(half(2047.5)).toBe(0x6800); // a carry into the exponent
    expect(half(65519)).toBe(0x7bff);
    expect(half(65520)).toBe(0x7c00);
  });

  it("brings every one of the 65,536 patterns back unchanged, NaN as NaN", () => {
    const all = Uint16Array.from({ length: 65536 }, (_, pattern) => pattern);
    const floats = halfToFloat(all);
    const back = floatToHalf(floats);
    for (const pattern of all) {
      if (Number.isNaN(floats[pattern]))
        expect((pattern & 0x7c00) === 0x7c00 && (pattern & 0x3ff) > 0).toBe(true);
      else if (back[pattern] !== pattern) expect(back[pattern]).toBe(pattern);
    }
  });
});
