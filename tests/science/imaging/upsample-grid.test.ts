import { describe, expect, it } from "vitest";
import { upsampleGrid } from "@/lib/science/imaging/upsample-grid";

describe("a grid over the image", () => {
  it("reads between cell centres as worked by hand", () => {
    // 2 x 2 cells of 128 pixels: centres at pixels 63.5 and 191.5, so pixel 95 is (95.5 - 64) / 128 of the way.
    const { rows, columns, values } = upsampleGrid([0, 128, 256, 384], 256, 256);
    expect([rows, columns]).toEqual([256, 256]);
    const at = (row: number, column: number) => values[row * 256 + column];
    expect(at(0, 0)).toBe(0); // held beyond the outermost centres
    expect(at(255, 255)).toBe(384);
    expect(at(0, 95)).toBe(31.5);
    expect(at(95, 0)).toBe(63);
    expect(at(95, 95)).toBe(94.5);
  });

  it("covers no more of the frame than the image does", () => {
    // 100 x 200 fills rows 64 to 191 of the frame: only there do the two inner rows of four cells have their centres.
    const grid = [9, 9, 9, 9, 1, 1, 1, 1, 3, 3, 3, 3, 9, 9, 9, 9];
    const wide = upsampleGrid(grid, 100, 200);
    expect([wide.rows, wide.columns]).toEqual([128, 256]);
    const column = (row: number) => wide.values[row * 256 + 10];
    expect(column(31)).toBeCloseTo(1 + 0.5 / 8, 5); // frame row 95.5: half a pixel of 64 above the centre at 96
    expect(column(63)).toBeCloseTo(2 - 1 / 64, 5);
    expect(column(0)).toBeCloseTo(5 - 8 / 128, 5); // between 9 and 1, half a pixel below the middle
  });

  it("is refused of cells that are not square", () => {
    expect(() => upsampleGrid([1, 2, 3], 8, 8)).toThrow("3 cells are not a square");
    expect(() => upsampleGrid([], 8, 8)).toThrow("0 cells are not a square");
  });
});
