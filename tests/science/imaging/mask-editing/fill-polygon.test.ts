import { describe, expect, it } from "vitest";
import { fillPolygon } from "@/lib/science/imaging/mask-editing/fill-polygon";
import type { Grid, Point } from "@/lib/science/imaging/mask-editing/grid";
import { seededRandom } from "@/lib/science/training/random";
import { drawn, linesOf, ODD_GRIDS, randomMask, randomPoint } from "./drawing";

function filled(grid: Grid, corners: Point[]) {
  const mask = new Uint8Array(grid.rows * grid.columns);
  fillPolygon(mask, grid, corners, 1);
  return linesOf(mask, grid);
}

/** Counts the edges that a ray to the right crosses: even-odd, one pixel at a time. */
function isInside([x, y]: Point, corners: Point[]) {
  let inside = false;
  for (const [index, [x1, y1]] of corners.entries()) {
    const [x2, y2] = corners[(index + 1) % corners.length]!;
    if (y1 > y !== y2 > y && x < x1 + ((x2 - x1) * (y - y1)) / (y2 - y1)) inside = !inside;
  }
  return inside;
}

describe("fillPolygon", () => {
  it("fills the pixels whose centre is inside", () => {
    expect(
      filled({ rows: 4, columns: 5 }, [
        [0.6, 0.6],
        [4.4, 0.6],
        [4.4, 2.6],
        [0.6, 2.6],
      ]),
    ).toEqual([".....", ".###.", ".###.", "....."]);
    expect(
      filled({ rows: 4, columns: 4 }, [
        [0, 0],
        [4.1, 4],
        [0, 4],
      ]),
    ).toEqual(["#...", "##..", "###.", "####"]);
  });

  it("takes centres on left and upper edges in, and leaves those on right and lower edges out", () => {
    expect(
      filled({ rows: 2, columns: 4 }, [
        [0.5, 0.5],
        [2.5, 0.5],
        [2.5, 1.5],
        [0.5, 1.5],
      ]),
    ).toEqual(["##..", "...."]);
  });

  it("leaves out what the line encloses twice", () => {
    // A pentagram drawn in one go; its middle is enclosed twice.
    const star = [0, 2, 4, 1, 3].map((tip): Point => {
      const angle = (tip * 2 * Math.PI) / 5 - Math.PI / 2;
      return [10 + 9 * Math.cos(angle), 10 + 9 * Math.sin(angle)];
    });
    const lines = filled({ rows: 20, columns: 20 }, star);
    expect(lines[9]![9]).toBe(".");
    expect(lines[4]!.slice(8, 12)).toBe(".##.");
  });

  it("is cut off at the image, and encloses all of it from outside", () => {
    const around: Point[] = [
      [-5, -5],
      [50, -5],
      [50, 50],
      [-5, 50],
    ];
    for (const grid of ODD_GRIDS)
      expect(filled(grid, around)).toEqual(Array(grid.rows).fill("#".repeat(grid.columns)));
    expect(
      filled({ rows: 2, columns: 3 }, [
        [-4, -1],
        [-1, -1],
        [-1, 5],
      ]),
    ).toEqual(["...", "..."]);
  });

  it("fills nothing with fewer than three corners", () => {
    expect(filled({ rows: 2, columns: 2 }, [])).toEqual(["..", ".."]);
    expect(filled({ rows: 2, columns: 2 }, [[1, 1]])).toEqual(["..", ".."]);
    expect(
      filled({ rows: 2, columns: 2 }, [
        [0, 0],
        [2, 2],
      ]),
    ).toEqual(["..", ".."]);
  });

  it("erases, and says whether anything changed", () => {
    const { mask, grid } = drawn("####", "####");
    const corners: Point[] = [
      [1, 0],
      [3, 0],
      [3, 1],
      [1, 1],
    ];
    expect(fillPolygon(mask, grid, corners, 0)).toBe(true);
    expect(linesOf(mask, grid)).toEqual(["#..#", "####"]);
    expect(fillPolygon(mask, grid, corners, 0)).toBe(false);
  });

  it("agrees with point in polygon, pixel by pixel, for random polygons", () => {
    const random = seededRandom(21);
    for (const grid of ODD_GRIDS) {
      for (let round = 0; round < 60; round++) {
        const corners = Array.from({ length: 3 + (round % 6) }, () => randomPoint(random, grid));
        const before = randomMask(random, grid, 0.2);
        const expected = before.map((old, index) =>
          isInside([(index % grid.columns) + 0.5, Math.floor(index / grid.columns) + 0.5], corners) ? 1 : old,
        );
        const mask = before.slice();
        const changed = fillPolygon(mask, grid, corners, 1);
        expect(linesOf(mask, grid)).toEqual(linesOf(expected, grid));
        expect(changed).toBe(before.some((old, index) => old !== expected[index]));
      }
    }
  });

  it("gives every pixel to one of the triangles of a fan, also where edges run through centres", () => {
    const random = seededRandom(22);
    const grid = { rows: 9, columns: 12 };
    const border: Point[] = [
      [0, 0],
      [5.5, 0],
      [12, 0],
      [12, 4.5],
      [12, 9],
      [3, 9],
      [0, 9],
      [0, 4.5],
    ];
    for (let round = 0; round < 50; round++) {
      const middle: Point = [Math.floor(random() * 12) + 0.5, Math.floor(random() * 9) + 0.5];
      const counts = new Uint8Array(9 * 12);
      for (const [index, corner] of border.entries()) {
        const triangle = new Uint8Array(9 * 12);
        fillPolygon(triangle, grid, [middle, corner, border[(index + 1) % border.length]!], 1);
        for (const [pixel, value] of triangle.entries()) counts[pixel]! += value;
      }
      expect([...new Set(counts)]).toEqual([1]);
    }
  });

  it("gives every pixel to one side of a slanted line through centres, whichever way each side is drawn", () => {
    const random = seededRandom(23);
    const grid = { rows: 9, columns: 12 };
    for (let round = 0; round < 300; round++) {
      const slope = random() * 0.6 - 0.3;
      const [x, y] = [Math.floor(3 + random() * 6) + 0.5, Math.floor(random() * 9) + 0.5];
      const above: Point = [x - (y + 1) * slope, -1];
      const below: Point = [x + (10 - y) * slope, 10];
      const counts = new Uint8Array(9 * 12);
      for (const side of [-30, 40]) {
        const half = new Uint8Array(9 * 12);
        fillPolygon(half, grid, [above, below, [side, 10], [side, -1]], 1);
        for (const [pixel, value] of half.entries()) counts[pixel]! += value;
        const reversed = new Uint8Array(9 * 12);
        fillPolygon(reversed, grid, [[side, -1], [side, 10], below, above], 1);
        expect(reversed).toEqual(half);
      }
      expect([...new Set(counts)]).toEqual([1]);
    }
  });

  it("refuses a mask of another size", () => {
    expect(() => fillPolygon(new Uint8Array(5), { rows: 2, columns: 3 }, [], 1)).toThrow(RangeError);
  });
});
