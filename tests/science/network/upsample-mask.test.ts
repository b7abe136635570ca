import { describe, expect, it } from "vitest";
import { upsampleMask } from "@/lib/science/network/upsample-mask";

describe("a proposed mask", () => {
  it("is where the interpolated logit is above zero, worked by hand", () => {
    // Half-pixel centres: four columns over two values read -1, -0.25, 1.25 and 2 of -1 and 2; rows likewise.
    expect(upsampleMask(Float32Array.of(-1, 2, -1, 2), 4, 4)).toEqual(
      Uint8Array.of(0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1),
    );
    // 3 / -1 above -1 / -1: the corner reaches 0.75 x 0.75 x 4 - 1 > 0 but 0.25 x 0.75 x 4 - 1 < 0.
    expect(upsampleMask(Float32Array.of(3, -1, -1, -1), 4, 4)).toEqual(
      Uint8Array.of(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    );
  });

  it("takes any size, and zero is not tumor", () => {
    expect(upsampleMask(new Float32Array(16).fill(0.1), 3, 5)).toEqual(new Uint8Array(15).fill(1));
    expect(upsampleMask(new Float32Array(16), 3, 5)).toEqual(new Uint8Array(15));
    expect(upsampleMask(Float32Array.of(-1, 1, -1, 1), 2, 2)).toEqual(Uint8Array.of(0, 1, 0, 1));
  });

  it("is refused of logits that are not square", () => {
    expect(() => upsampleMask(new Float32Array(5), 4, 4)).toThrow("not a square");
  });
});
