import { describe, expect, it } from "vitest";
import { cellCentre, upsampleGrid } from "@/lib/science/imaging/upsample-grid";

describe("a grid over the image", () => {
  it("reads between cell centres as worked by hand", () => {
    // 2 x 2 cells, centred on pixels 0 and 128: pixel 32 is a quarter of the way, and from 128 on values are held.
    const { rows, columns, values } = upsampleGrid([0, 128, 256, 384], 256, 256);
    expect([rows, columns]).toEqual([256, 256]);
    const at = (row: number, column: number) => values[row * 256 + column];
    expect(at(0, 0)).toBe(0);
    expect(at(0, 32)).toBe(32);
    expect(at(32, 0)).toBe(64);
    expect(at(32, 32)).toBe(96);
    expect(at(128, 128)).toBe(384);
    expect(at(255, 255)).toBe(384);
  });

  it("gives each of 8 x 8 cells its value on pixel 32 i", () => {
    const grid = Array.from({ length: 64 }, (_, cell) => (cell * 37) % 64);
    const { values } = upsampleGrid(grid, 256, 256);
    for (const [cell, value] of grid.entries()) {
      const [row, column] = [cellCentre(Math.floor(cell / 8), 8), cellCentre(cell % 8, 8)];
      expect(values[row * 256 + column]).toBe(value);
    }
    expect([cellCentre(0, 8), cellCentre(7, 8)]).toEqual([0, 224]);
  });

  it("covers no more of the frame than the image does", () => {
    // 100 x 200 fills rows 64 to 191 of the frame. Four rows of cells are centred on 0, 64, 128 and 192.
    const grid = [9, 9, 9, 9, 1, 1, 1, 1, 3, 3, 3, 3, 5, 5, 5, 5];
    const wide = upsampleGrid(grid, 100, 200);
    expect([wide.rows, wide.columns]).toEqual([128, 256]);
    const column = (row: number) => wide.values[row * 256 + 10];
    expect([column(0), column(32), column(64), column(96)]).toEqual([1, 2, 3, 4]);
  });

  it("is refused of cells that are not square", () => {
    expect(() => upsampleGrid([1, 2, 3], 8, 8)).toThrow("3 cells are not a square");
    expect(() => upsampleGrid([], 8, 8)).toThrow("0 cells are not a square");
  });
});
