import { describe, expect, it } from "vitest";
import { compareMasks } from "@/lib/science/metrics/compare-masks";
import { hausdorff95 } from "@/lib/science/metrics/hausdorff";
import { seededRandom } from "@/lib/science/training/random";
import { drawn, linesOf, randomMask } from "../imaging/mask-editing/drawing";

/** A row of `length` pixels, the first `tumor` of them tumor. */
function bar(tumor: number, length: number) {
  return new Uint8Array(length).fill(1, 0, tumor);
}

/** A square of tumor with its upper left corner at (from, from) in an image of 9 x 9. */
function block(from: number, size: number) {
  return Uint8Array.from({ length: 81 }, (_, index) => {
    const row = Math.floor(index / 9) - from;
    const column = (index % 9) - from;
    return row >= 0 && row < size && column >= 0 && column < size ? 1 : 0;
  });
}

const nine = { rows: 9, columns: 9 };

describe("hausdorff95", () => {
  it("is the distance of two pixels, in pixels or millimetres", () => {
    const { mask: first, grid } = drawn("#.....", "......", "......", "......");
    const { mask: second } = drawn("......", "......", "......", "....#.");
    expect(hausdorff95(first, second, grid)).toBe(5);
    expect(hausdorff95(first, second, grid, { row: 2, column: 1 })).toBeCloseTo(Math.sqrt(52), 12);
    expect(hausdorff95(first, second, grid, { row: 1, column: 2 })).toBeCloseTo(Math.sqrt(73), 12);
  });

  it("leaves out the worst twentieth, interpolating between distances", () => {
    // Distances 0 to 20, the 95th percentile at place 0.95 x 20 = 19. The other way 0.
    expect(hausdorff95(bar(21, 30), bar(1, 30), { rows: 1, columns: 30 })).toBe(19);
    // Distances 0 to 10, at place 9.5. Pooled with the other way's 0 it would be 9.45.
    expect(hausdorff95(bar(11, 30), bar(1, 30), { rows: 1, columns: 30 })).toBeCloseTo(9.5, 12);
    expect(hausdorff95(bar(5, 5), bar(1, 5), { rows: 1, columns: 5 })).toBeCloseTo(3.8, 12);
  });

  it("ignores one stray pixel on a long outline", () => {
    // 32 boundary pixels at distance 0 and one far off: place 0.95 x 32 = 30.4 is among the zeros.
    const first = new Uint8Array(9 * 40);
    for (let row = 0; row < 9; row++) first.fill(1, row * 40, row * 40 + 9);
    const second = first.slice();
    second[39] = 1;
    expect(hausdorff95(first, second, { rows: 9, columns: 40 })).toBe(0);
  });

  it("goes from outline to outline", () => {
    // From the outer ring of 24: 12 x 2, 8 x root 5, 4 x root 8; place 21.85 is among the last. Inwards always 2.
    expect(hausdorff95(block(1, 7), block(3, 3), nine)).toBeCloseTo(Math.sqrt(8), 12);
    // A hole in the middle of a full image: the 4 pixels around it are 3 from the outer 32; place 0.95 x 35 = 33.25.
    const holed = block(0, 9);
    holed[40] = 0;
    expect(hausdorff95(block(0, 9), holed, nine)).toBe(3);
  });

  it("agrees with trying every pair of boundary pixels", () => {
    const random = seededRandom(61);
    const grid = { rows: 11, columns: 8 };
    const spacing = { row: 1.7, column: 0.6 };
    const outline = (mask: Uint8Array) =>
      [...mask.keys()].filter((index) => {
        const isTumor = (index: number, step: number, inRow: boolean) =>
          inRow && mask[index + step] !== undefined && mask[index + step] !== 0;
        const column = index % 8;
        const neighbours = [
          isTumor(index, -8, true),
          isTumor(index, 8, true),
          isTumor(index, -1, column > 0),
          isTumor(index, 1, column < 7),
        ];
        return mask[index] && !neighbours.every(Boolean);
      });
    const directed = (from: number[], to: number[]) => {
      const nearest = from
        .map((one) =>
          Math.min(
            ...to.map((other) =>
              Math.hypot(
                (Math.floor(one / 8) - Math.floor(other / 8)) * spacing.row,
                ((one % 8) - (other % 8)) * spacing.column,
              ),
            ),
          ),
        )
        .sort((left, right) => left - right);
      const place = 0.95 * (nearest.length - 1);
      const [low, high] = [nearest[Math.floor(place)]!, nearest[Math.ceil(place)]!];
      return low + (high - low) * (place % 1);
    };
    for (let round = 0; round < 40; round++) {
      const first = randomMask(random, grid, [0.05, 0.3, 0.9][round % 3]);
      const second = randomMask(random, grid, [0.9, 0.1][round % 2]);
      first[5] = 1;
      second[70] = 1;
      const [one, other] = [outline(first), outline(second)];
      const expected = Math.max(directed(one, other), directed(other, one));
      expect(hausdorff95(first, second, grid, spacing)).toBeCloseTo(expected, 9);
      expect(hausdorff95(second, first, grid, spacing)).toBeCloseTo(expected, 9);
    }
  });

  it("is zero for a mask and itself, and null where one or both are empty", () => {
    const mask = block(2, 4);
    expect(hausdorff95(mask, mask, nine)).toBe(0);
    expect(hausdorff95(mask, new Uint8Array(81), nine)).toBeNull();
    expect(hausdorff95(new Uint8Array(81), mask, nine)).toBeNull();
    expect(hausdorff95(new Uint8Array(81), new Uint8Array(81), nine)).toBeNull();
  });

  it("refuses another size and a spacing that is none", () => {
    expect(() => hausdorff95(new Uint8Array(80), block(0, 2), nine)).toThrow(RangeError);
    expect(() => hausdorff95(block(0, 2), block(0, 2), nine, { row: 0, column: 1 })).toThrow(RangeError);
  });
});

describe("compareMasks", () => {
  const { mask: earlier, grid } = drawn("##...", "##...", ".....");
  const { mask: later } = drawn(".....", "###..", ".#...");

  it("counts and shows what was added and removed", () => {
    const comparison = compareMasks(earlier, later, grid);
    expect(comparison).toMatchObject({ addedPixels: 2, removedPixels: 2, sharedPixels: 2, dice: 0.5 });
    expect(linesOf(comparison.added, grid)).toEqual([".....", "..#..", ".#..."]);
    expect(linesOf(comparison.removed, grid)).toEqual(["##...", ".....", "....."]);
    // Both ways the distances are 0, 0, 1, 1: the 95th percentile is 1.
    expect(comparison.hausdorff95).toBe(1);
  });

  it("measures in millimetres where the spacing is known", () => {
    // Now 0, 0, 1, 1 become 0, 0, 0.5 (a column), 3 (a row): place 2.85 of 0 0 0.5 3 is 2.625; back 0 0 3 3 is 3.
    expect(compareMasks(earlier, later, grid, { row: 3, column: 0.5 }).hausdorff95).toBeCloseTo(3, 12);
  });

  it("has no distance to an empty mask, and no Dice between two", () => {
    const empty = new Uint8Array(15);
    expect(compareMasks(empty, later, grid)).toMatchObject({
      addedPixels: 4,
      removedPixels: 0,
      sharedPixels: 0,
      dice: 0,
      hausdorff95: null,
    });
    expect(compareMasks(empty, empty, grid)).toMatchObject({ dice: null, hausdorff95: null });
  });

  it("refuses masks of other sizes", () => {
    expect(() => compareMasks(earlier, new Uint8Array(14), grid)).toThrow(RangeError);
    expect(() => compareMasks(new Uint8Array(14), new Uint8Array(14), grid)).toThrow(RangeError);
  });
});
