import { describe, expect, it } from "vitest";
import { maskArea } from "@/lib/science/imaging/mask-area";
import { maskBounds } from "@/lib/science/imaging/mask-bounds";
import { decodeMaskRuns, encodeMask } from "@/lib/science/imaging/mask-rle";

describe("mask runs", () => {
  it("are the worked example's bytes", () => {
    expect([...encodeMask(Uint8Array.from([0, 1, 1, 0, 0]), 1, 5)]).toEqual([1, 5, 1, 2, 2]);
    expect([...encodeMask(Uint8Array.from([1, 1]), 2, 1)]).toEqual([2, 1, 0, 2]);
    expect([...encodeMask(new Uint8Array(300), 1, 300)]).toEqual([1, 0xac, 2, 0xac, 2]);
  });

  it("give back every mask", () => {
    for (const period of [1, 2, 3, 7, 400]) {
      const mask = Uint8Array.from({ length: 256 * 256 }, (_, index) =>
        Math.floor(index / period) % 3 === 1 ? 1 : 0,
      );
      expect(decodeMaskRuns(encodeMask(mask, 256, 256))).toEqual({ rows: 256, columns: 256, data: mask });
    }
    expect(decodeMaskRuns(encodeMask(new Uint8Array(), 0, 0)).data).toHaveLength(0);
  });

  it.each([
    ["a size beyond its pixels", [1, 5, 1, 2]],
    ["more pixels than its size", [1, 5, 1, 5]],
    ["an empty run in the middle", [1, 5, 1, 0, 4]],
    ["a number cut short", [1, 0x85]],
    ["a number without end", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ["absurd rows and columns", [0xff, 0xff, 0x7f, 0xff, 0xff, 0x7f, 0]],
    ["nothing", []],
  ])("are refused with %s", (_, bytes) => {
    expect(() => decodeMaskRuns(Uint8Array.from(bytes))).toThrow(RangeError);
  });

  it("are not made of what is no mask", () => {
    expect(() => encodeMask(Uint8Array.from([0, 255]), 1, 2)).toThrow("0 and 1, not 255");
    expect(() => encodeMask(new Uint8Array(3), 2, 2)).toThrow("is not 2 x 2");
  });
});

describe("area and bounds", () => {
  // 0 0 0 0
  // 0 1 0 1
  // 0 0 1 0
  const mask = Uint8Array.from([0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0]);
  it("count pixels and enclose them", () => {
    expect(maskArea(mask)).toBe(3);
    expect(maskBounds(mask, 4)).toEqual({ firstRow: 1, lastRow: 2, firstColumn: 1, lastColumn: 3 });
    expect(maskBounds(new Uint8Array(12), 4)).toBeNull();
  });
});
