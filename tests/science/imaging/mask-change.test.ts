import { describe, expect, it } from "vitest";
import { applyChange, changedPixels, maskChange } from "@/lib/science/imaging/mask-change";
import { seededRandom } from "@/lib/science/training/random";
import { ODD_GRIDS, randomMask } from "./mask-editing/drawing";

describe("a mask's change", () => {
  it.each([
    ["the example", [0, 0, 1, 0], [0, 1, 0, 0], [1, 2]],
    ["no change", [0, 1, 0], [0, 1, 0], []],
    ["the first pixel", [0, 1, 0], [1, 1, 0], [0, 1]],
    ["the last pixel", [0, 1, 0], [0, 1, 1], [2, 1]],
    ["every pixel", [0, 1], [1, 0], [0, 2]],
    ["two runs", [0, 0, 0, 0, 0, 0], [1, 0, 0, 1, 1, 0], [0, 1, 2, 2]],
    ["an empty mask", [], [], []],
  ])("is these bytes: %s", (_, before, after, bytes) => {
    expect([...maskChange(Uint8Array.from(before), Uint8Array.from(after))]).toEqual(bytes);
  });

  it("has long runs as varints", () => {
    const after = new Uint8Array(512 * 512);
    after.fill(1, 300, 600);
    expect([...maskChange(new Uint8Array(512 * 512), after)]).toEqual([0xac, 2, 0xac, 2]);
  });

  it("turns the mask before into the one after, and back", () => {
    const random = seededRandom(51);
    for (const grid of ODD_GRIDS) {
      for (let round = 0; round < 40; round++) {
        const before = randomMask(random, grid);
        const stroke = randomMask(random, grid, [0, 0.1, 0.9, 1][round % 4]);
        const after = before.map((value, index) => value ^ stroke[index]!);
        const change = maskChange(before, after);
        const mask = before.slice();
        applyChange(mask, change);
        expect(mask).toEqual(after);
        applyChange(mask, change);
        expect(mask).toEqual(before);
        expect(maskChange(after, before)).toEqual(change);
        expect(changedPixels(change)).toBe(stroke.reduce((sum, value) => sum + value, 0));
      }
    }
  });

  it.each([
    ["a run that ends beyond it", [3, 3]],
    ["a run that begins beyond it", [1, 1, 9, 1]],
    ["runs whose lengths would wrap around 32 bits", [0, 1, 0xff, 0xff, 0xff, 0xff, 0x0f, 1]],
    ["an empty changed run", [0, 0]],
    ["an empty unchanged run in the middle", [0, 1, 0, 1]],
    ["unchanged pixels at the end", [0, 1, 2]],
    ["a number cut short", [0, 1, 0x81]],
    ["a number without end", [0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
  ])("is refused with %s, the mask untouched", (_, bytes) => {
    const mask = Uint8Array.from([0, 1, 0, 1, 1]);
    expect(() => applyChange(mask, Uint8Array.from(bytes))).toThrow(RangeError);
    expect([...mask]).toEqual([0, 1, 0, 1, 1]);
  });

  it("is not counted where it is malformed", () => {
    for (const bytes of [[3], [0, 0], [0, 1, 0x80]])
      expect(() => changedPixels(Uint8Array.from(bytes))).toThrow(RangeError);
    expect(changedPixels(new Uint8Array())).toBe(0);
  });

  it("is not made between masks of two sizes", () => {
    expect(() => maskChange(new Uint8Array(4), new Uint8Array(5))).toThrow(RangeError);
  });
});
