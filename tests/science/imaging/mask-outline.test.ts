import { describe, expect, it } from "vitest";
import { type Corner, maskOutline } from "@/lib/science/imaging/mask-outline";

/** A mask from a drawing: `#` is tumor. */
function drawn(...lines: string[]) {
  return {
    mask: Uint8Array.from(lines.join(""), (c) => (c === "#" ? 1 : 0)),
    rows: lines.length,
    columns: lines[0]!.length,
  };
}

/** Fills loops by the even-odd rule at pixel centres: what a browser draws. */
function filled(loops: Corner[][], rows: number, columns: number): Uint8Array {
  const mask = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let crossings = 0;
      for (const loop of loops) {
        for (const [index, [x1, y1]] of loop.entries()) {
          const [x2, y2] = loop[(index + 1) % loop.length]!;
          const [low, high] = y1 < y2 ? [y1, y2] : [y2, y1];
          if (x1 === x2 && x1 > column + 0.5 && low < row + 0.5 && high > row + 0.5) crossings++;
        }
      }
      mask[row * columns + column] = crossings % 2;
    }
  }
  return mask;
}

describe("maskOutline", () => {
  it("goes clockwise around one pixel", () => {
    const { mask, rows, columns } = drawn("...", "...", ".#.");
    expect(maskOutline(mask, rows, columns)).toEqual([
      [
        [1, 2],
        [2, 2],
        [2, 3],
        [1, 3],
      ],
    ]);
  });

  it("keeps only the corners of an L", () => {
    const { mask, rows, columns } = drawn("#..", "##.");
    expect(maskOutline(mask, rows, columns)).toEqual([
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [2, 1],
        [2, 2],
        [0, 2],
      ],
    ]);
  });

  it("gives a hole a loop of its own", () => {
    const { mask, rows, columns } = drawn("###", "#.#", "###");
    const loops = maskOutline(mask, rows, columns);
    expect(loops.map((loop) => loop.length)).toEqual([4, 4]);
    expect(filled(loops, rows, columns)).toEqual(mask);
  });

  it("parts pixels that touch by a corner", () => {
    const { mask, rows, columns } = drawn("#.", ".#");
    expect(maskOutline(mask, rows, columns)).toHaveLength(2);
    const other = drawn(".#", "#.");
    expect(maskOutline(other.mask, 2, 2)).toHaveLength(2);
  });

  it("has no loops for an empty mask and one for a full one", () => {
    expect(maskOutline(new Uint8Array(12), 3, 4)).toEqual([]);
    expect(maskOutline(new Uint8Array(12).fill(255), 3, 4)).toEqual([
      [
        [0, 0],
        [4, 0],
        [4, 3],
        [0, 3],
      ],
    ]);
  });

  it("gives masks of odd and non-square sizes back when filled", () => {
    let state = 7;
    for (const [rows, columns] of [
      [1, 1],
      [1, 9],
      [13, 5],
      [31, 40],
    ] as const) {
      const mask = Uint8Array.from({ length: rows * columns }, () => {
        state = (state * 1103515245 + 12345) % 2 ** 31;
        return state > 2 ** 30 ? 1 : 0;
      });
      expect(filled(maskOutline(mask, rows, columns), rows, columns)).toEqual(mask);
    }
  });

  it("refuses a mask of another size", () => {
    expect(() => maskOutline(new Uint8Array(5), 2, 3)).toThrow("6 pixels, not 5");
  });
});
