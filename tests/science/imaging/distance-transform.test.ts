import { describe, expect, it } from "vitest";
import { distanceTransform } from "@/lib/science/imaging/distance-transform";
import { seededRandom } from "@/lib/science/training/random";
import { ODD_GRIDS, randomMask } from "./mask-editing/drawing";

describe("distanceTransform", () => {
  it("is Euclidean, in pixels or in the spacing's units", () => {
    const pixels = Uint8Array.from([1, 0, 0, 0, 0, 0]);
    const grid = { rows: 2, columns: 3 };
    expect([...distanceTransform(pixels, grid)]).toEqual([0, 1, 2, 1, Math.SQRT2, Math.sqrt(5)]);
    expect([...distanceTransform(pixels, grid, { row: 3, column: 2 })]).toEqual([
      0,
      2,
      4,
      3,
      Math.sqrt(13),
      5,
    ]);
  });

  it("is endless where there is nothing, and zero where there is nothing else", () => {
    expect([...distanceTransform(new Uint8Array(3), { rows: 1, columns: 3 })]).toEqual([
      Infinity,
      Infinity,
      Infinity,
    ]);
    expect([...distanceTransform([1, 255], { rows: 2, columns: 1 })]).toEqual([0, 0]);
    expect(distanceTransform([], { rows: 0, columns: 0 })).toHaveLength(0);
  });

  it("agrees with trying every pair of pixels", () => {
    const random = seededRandom(41);
    for (const grid of [...ODD_GRIDS, { rows: 23, columns: 31 }]) {
      for (let round = 0; round < 24; round++) {
        const pixels = randomMask(random, grid, [0.02, 0.1, 0.5, 0.95][round % 4]);
        const spacing =
          round % 3 === 0 ? { row: 1, column: 1 } : { row: 0.2 + random() * 5, column: 0.2 + random() };
        const found = distanceTransform(pixels, grid, spacing);
        for (let index = 0; index < pixels.length; index++) {
          let nearest = Infinity;
          for (let other = 0; other < pixels.length; other++) {
            if (!pixels[other]) continue;
            const down = Math.floor(index / grid.columns) - Math.floor(other / grid.columns);
            const along = (index % grid.columns) - (other % grid.columns);
            nearest = Math.min(nearest, Math.hypot(down * spacing.row, along * spacing.column));
          }
          if (nearest === Infinity) expect(found[index]).toBe(Infinity);
          else expect(found[index]).toBeCloseTo(nearest, 9);
        }
      }
    }
  });

  it("takes time that grows with the pixels, not with their square", () => {
    const grid = { rows: 1024, columns: 1024 };
    const pixels = new Uint8Array(1024 * 1024);
    pixels[0] = 1;
    const started = performance.now();
    expect(distanceTransform(pixels, grid).at(-1)).toBeCloseTo(1023 * Math.SQRT2, 9);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("refuses another size and a spacing that is none", () => {
    expect(() => distanceTransform([0, 1], { rows: 1, columns: 3 })).toThrow(RangeError);
    for (const step of [0, -1, Number.NaN, Infinity]) {
      expect(() => distanceTransform([1], { rows: 1, columns: 1 }, { row: step, column: 1 })).toThrow(
        RangeError,
      );
      expect(() => distanceTransform([1], { rows: 1, columns: 1 }, { row: 1, column: step })).toThrow(
        RangeError,
      );
    }
  });
});
