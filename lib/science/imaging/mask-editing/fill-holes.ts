import { connectedPixels } from "./connected-pixels";
import { type Grid, requireSize } from "./grid";

/**
 * A new mask in which background that is not 4-connected to the image's border has become tumor. Background that
 * reaches the border only past a corner is a hole.
 *
 * `mask` is `[rows, columns]`, 0 or 1. Throws `RangeError` for another size.
 */
export function fillHoles(mask: Uint8Array, grid: Grid): Uint8Array {
  requireSize(mask, grid);
  const outside = connectedPixels(grid, borderPixels(grid), (index) => mask[index] === 0);
  return outside.map((isOutside) => 1 - isOutside);
}

function* borderPixels({ rows, columns }: Grid): Generator<number> {
  for (let column = 0; column < columns; column++) {
    yield column;
    yield (rows - 1) * columns + column;
  }
  for (let row = 0; row < rows; row++) {
    yield row * columns;
    yield row * columns + columns - 1;
  }
}
