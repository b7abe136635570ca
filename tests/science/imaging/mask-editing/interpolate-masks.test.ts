import { describe, expect, it } from "vitest";
import { interpolateMasks } from "@/lib/science/imaging/mask-editing/interpolate-masks";
import { seededRandom } from "@/lib/science/training/random";
import { drawn, linesOf, ODD_GRIDS, randomMask } from "./drawing";

const square = { rows: 51, columns: 51 };

function disc(radius: number, centreX = 25.5) {
  return Uint8Array.from({ length: 51 * 51 }, (_, index) =>
    Math.hypot((index % 51) + 0.5 - centreX, Math.floor(index / 51) - 25) <= radius ? 1 : 0,
  );
}

/** A bar around the middle that reaches so many pixels to either side of it. */
function bar(across: number, down: number) {
  return Uint8Array.from({ length: 51 * 51 }, (_, index) =>
    Math.abs((index % 51) - 25) <= across && Math.abs(Math.floor(index / 51) - 25) <= down ? 1 : 0,
  );
}

const area = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0);

describe("interpolateMasks", () => {
  it("is the worked example", () => {
    // In the middle row the signed distances are -1 1 1 1 -1 -2 -3 and -3 -2 -1 1 1 1 -1, so that their
    // sums are -4 -1 0 2 0 -1 -4: only the shared pixel is above zero.
    const { mask: below, grid } = drawn(".......", ".###...", ".......");
    const { mask: above } = drawn(".......", "...###.", ".......");
    expect(linesOf(interpolateMasks(below, above, grid, 0.5), grid)).toEqual([
      ".......",
      "...#...",
      ".......",
    ]);
    // At a quarter, 3 x the first + the second: -6 1 2 4 -2 -5 -10.
    expect(linesOf(interpolateMasks(below, above, grid, 0.25), grid)[1]).toBe(".###...");
  });

  it("gives the disc between two discs", () => {
    const middle = interpolateMasks(disc(10), disc(20), square, 0.5);
    for (let index = 0; index < middle.length; index++) {
      const away = Math.hypot((index % 51) - 25, Math.floor(index / 51) - 25);
      if (away <= 14) expect(middle[index]).toBe(1);
      if (away >= 16) expect(middle[index]).toBe(0);
    }
    const fifth = interpolateMasks(disc(10), disc(20), square, 0.2);
    expect(Math.sqrt(area(fifth) / Math.PI)).toBeCloseTo(12, 0);
  });

  it("moves a disc half way", () => {
    const middle = interpolateMasks(disc(12, 22.5), disc(12, 28.5), square, 0.5);
    const sumOfX = middle.reduce((sum, value, index) => sum + value * ((index % 51) + 0.5), 0);
    expect(sumOfX / area(middle)).toBeCloseTo(25.5, 6);
  });

  it("gives both ends exactly, and what both share always", () => {
    const random = seededRandom(31);
    for (const grid of ODD_GRIDS) {
      for (let round = 0; round < 20; round++) {
        const below = randomMask(random, grid);
        const above = randomMask(random, grid);
        below[0] = 1;
        above[above.length - 1] = 1;
        const aspect = 0.4 + random() * 2;
        expect(interpolateMasks(below, above, grid, 0, aspect)).toEqual(below);
        expect(interpolateMasks(below, above, grid, 1, aspect)).toEqual(above);
        const between = interpolateMasks(below, above, grid, random(), aspect);
        for (const [index, value] of between.entries()) {
          if (below[index] === above[index]) expect(value).toBe(below[index]);
        }
      }
    }
  });

  it("measures rows by the aspect", () => {
    // A bar 21 across and 5 down, and its like on end. u pixels right of the middle the flat bar is min(3 x aspect,
    // 11 - u) deep and the upright one u - 2 away; v rows below the upright one is 3 deep (v <= 8), the flat one
    // (v - 2) x aspect away.
    const reach = (aspect: number) => {
      const middle = interpolateMasks(bar(10, 2), bar(2, 10), square, 0.5, aspect);
      const across = middle.subarray(25 * 51, 26 * 51).lastIndexOf(1) - 25;
      const down = middle.filter((_, index) => index % 51 === 25).lastIndexOf(1) - 25;
      return { across, down };
    };
    expect(reach(1)).toEqual({ across: 4, down: 4 });
    expect(reach(3)).toEqual({ across: 6, down: 2 });
  });

  it("shrinks a full image towards a mask in its middle", () => {
    const grid = { rows: 7, columns: 9 };
    const dot = new Uint8Array(63);
    dot[3 * 9 + 4] = 1;
    const middle = interpolateMasks(new Uint8Array(63).fill(1), dot, grid, 0.5);
    // In the middle row, to beyond the image 1 2 3 4 4 4 3 2 1, to the dot -4 -3 -2 -1 1 -1 -2 -3 -4.
    expect(linesOf(middle, grid)[3]).toBe("..#####..");
    expect(linesOf(middle, grid)[0]).toBe(".........");
  });

  it("refuses an empty mask, another size and a fraction that leads elsewhere", () => {
    const grid = { rows: 2, columns: 3 };
    const full = new Uint8Array(6).fill(1);
    expect(() => interpolateMasks(new Uint8Array(6), full, grid, 0.5)).toThrow(RangeError);
    expect(() => interpolateMasks(full, new Uint8Array(6), grid, 0.5)).toThrow("empty");
    expect(() => interpolateMasks(full, new Uint8Array(5), grid, 0.5)).toThrow(RangeError);
    for (const fraction of [-0.1, 1.1, Number.NaN])
      expect(() => interpolateMasks(full, full, grid, fraction)).toThrow(RangeError);
  });
});
