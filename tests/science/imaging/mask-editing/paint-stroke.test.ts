import { describe, expect, it } from "vitest";
import type { Grid, Point } from "@/lib/science/imaging/mask-editing/grid";
import { type Brush, paintStroke } from "@/lib/science/imaging/mask-editing/paint-stroke";
import { seededRandom } from "@/lib/science/training/random";
import { drawn, linesOf, ODD_GRIDS, randomMask, randomPoint } from "./drawing";

const pen = { radius: 1, aspect: 1, value: 1 } as const;

function painted(grid: Grid, from: Point, to: Point, brush: Brush) {
  const mask = new Uint8Array(grid.rows * grid.columns);
  paintStroke(mask, grid, from, to, brush);
  return linesOf(mask, grid);
}

/** The distance from a pixel's centre to a segment, by the three cases of the school book. */
function distance([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point, aspect: number) {
  const [toX, toY] = [x2 - x1, (y2 - y1) * aspect];
  const [fromStart, fromEnd] = [
    [x - x1, (y - y1) * aspect],
    [x - x2, (y - y2) * aspect],
  ] as const;
  if (fromStart[0] * toX + fromStart[1] * toY <= 0) return Math.hypot(...fromStart);
  if (fromEnd[0] * toX + fromEnd[1] * toY >= 0) return Math.hypot(...fromEnd);
  return Math.abs(toX * fromStart[1] - toY * fromStart[0]) / Math.hypot(toX, toY);
}

describe("paintStroke", () => {
  it("paints the centres within the radius, the edge included", () => {
    expect(painted({ rows: 5, columns: 5 }, [2.5, 2.5], [2.5, 2.5], pen)).toEqual([
      ".....",
      "..#..",
      ".###.",
      "..#..",
      ".....",
    ]);
  });

  it("paints a round end on either side of a stroke", () => {
    expect(painted({ rows: 3, columns: 7 }, [2.5, 1.5], [4.5, 1.5], pen)).toEqual([
      "..###..",
      ".#####.",
      "..###..",
    ]);
  });

  it("is cut off at corners and borders", () => {
    expect(painted({ rows: 3, columns: 4 }, [0, 0], [0, 0], { ...pen, radius: 1.6 })).toEqual([
      "##..",
      "#...",
      "....",
    ]);
    expect(painted({ rows: 3, columns: 4 }, [4, 3], [4, 3], { ...pen, radius: 1.6 })).toEqual([
      "....",
      "...#",
      "..##",
    ]);
  });

  it("may begin and end outside the image", () => {
    expect(painted({ rows: 3, columns: 5 }, [-3, 1.5], [2.5, 1.5], { ...pen, radius: 0.6 })).toEqual([
      ".....",
      "###..",
      ".....",
    ]);
    expect(painted({ rows: 1, columns: 5 }, [-1e9, 0.5], [1e9, 0.5], { ...pen, radius: 0.1 })).toEqual([
      "#####",
    ]);
    const mask = new Uint8Array(15);
    expect(paintStroke(mask, { rows: 3, columns: 5 }, [-9, -9], [-9, 9], { ...pen, radius: 3 })).toBe(false);
    expect(mask.includes(1)).toBe(false);
  });

  it("covers fewer rows where they lie further apart", () => {
    const brush = { ...pen, radius: 2, aspect: 2 };
    expect(painted({ rows: 5, columns: 7 }, [3.5, 2.5], [3.5, 2.5], brush)).toEqual([
      ".......",
      "...#...",
      ".#####.",
      "...#...",
      ".......",
    ]);
  });

  it("paints the pixel under a tiny brush wherever in the pixel it is", () => {
    for (const point of [
      [2, 1],
      [2.01, 1.99],
      [2.99, 1.01],
    ] as const) {
      expect(painted({ rows: 3, columns: 4 }, point, point, { ...pen, radius: 0.01 })).toEqual([
        "....",
        "..#.",
        "....",
      ]);
    }
  });

  it("leaves no gap in a thin stroke", () => {
    expect(painted({ rows: 3, columns: 9 }, [0.2, 0.2], [8.8, 2.8], { ...pen, radius: 0.05 })).toEqual([
      "###......",
      "...###...",
      "......###",
    ]);
    // Between two rows 3 apart every centre is out of the brush's reach.
    const wide = { ...pen, radius: 1, aspect: 3 };
    expect(painted({ rows: 2, columns: 4 }, [0.5, 0.95], [3.5, 0.95], wide)).toEqual(["####", "...."]);
  });

  it("erases, and says whether anything changed", () => {
    const { mask, grid } = drawn("####", "####");
    const eraser = { ...pen, radius: 0.5, value: 0 } as const;
    expect(paintStroke(mask, grid, [0.5, 0.5], [1.5, 0.5], eraser)).toBe(true);
    expect(linesOf(mask, grid)).toEqual(["..##", "####"]);
    expect(paintStroke(mask, grid, [0.5, 0.5], [1.5, 0.5], eraser)).toBe(false);
  });

  it("leaves alone what the threshold does not allow, also under a tiny brush", () => {
    const grid = { rows: 1, columns: 5 };
    const image = [10, 90, 20, 90, 90];
    const brush = { ...pen, radius: 1.2, allows: (index: number) => image[index]! > 50 };
    expect(painted(grid, [2.5, 0.5], [2.5, 0.5], brush)).toEqual([".#.#."]);
    expect(painted(grid, [2.5, 0.5], [2.5, 0.5], { ...brush, radius: 0.1 })).toEqual(["....."]);
  });

  it("sets exactly the pixels within reach, for random strokes on odd sizes", () => {
    const random = seededRandom(11);
    for (const grid of ODD_GRIDS) {
      for (let round = 0; round < 60; round++) {
        const aspect = [1, 0.5, 2.3][round % 3]!;
        const radius = Math.hypot(1, aspect) / 2 + random() * 4;
        const [from, to] = [randomPoint(random, grid), randomPoint(random, grid)];
        const value = round % 2 === 0 ? 1 : 0;
        const before = randomMask(random, grid);
        const expected = before.map((old, index) => {
          const centre = [(index % grid.columns) + 0.5, Math.floor(index / grid.columns) + 0.5] as const;
          return distance(centre, from, to, aspect) <= radius ? value : old;
        });
        const mask = before.slice();
        const changed = paintStroke(mask, grid, from, to, { radius, aspect, value });
        expect(linesOf(mask, grid)).toEqual(linesOf(expected, grid));
        expect(changed).toBe(before.some((old, index) => old !== expected[index]));
      }
    }
  });

  it("makes one 8-connected line of pixels under or beside the segment, for random thin strokes", () => {
    const random = seededRandom(12);
    const grid = { rows: 17, columns: 11 };
    for (let round = 0; round < 100; round++) {
      const [from, to] = [0, 0].map(() => [random() * 11, random() * 17] as const) as [Point, Point];
      const mask = new Uint8Array(17 * 11);
      paintStroke(mask, grid, from, to, { ...pen, radius: 0.001 });
      const pixels = [...mask.keys()].filter((index) => mask[index]);
      const at = (index: number) => [(index % 11) + 0.5, Math.floor(index / 11) + 0.5] as const;
      for (const index of pixels)
        expect(distance(at(index), from, to, 1)).toBeLessThanOrEqual(Math.SQRT1_2 + 1e-9);
      const reached = new Set([pixels[0]!]);
      for (const one of reached) {
        for (const other of pixels) {
          if (Math.max(Math.abs(at(one)[0] - at(other)[0]), Math.abs(at(one)[1] - at(other)[1])) <= 1)
            reached.add(other);
        }
      }
      expect(reached.size).toBe(pixels.length);
      for (const [x, y] of [from, to]) expect(mask[Math.floor(y) * 11 + Math.floor(x)]).toBe(1);
    }
  });

  it("refuses a mask of another size", () => {
    expect(() => paintStroke(new Uint8Array(5), { rows: 2, columns: 3 }, [0, 0], [1, 1], pen)).toThrow(
      RangeError,
    );
  });
});
