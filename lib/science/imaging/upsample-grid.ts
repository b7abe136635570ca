import { INPUT_SIZE, placement } from "./to-network-input";

/**
 * Pixel of the network's frame on which a cell of conv5 (or any other grid of `size` made by halving the frame) is
 * centred. Not the middle of an even partition: each stride starts at the first pixel (conv1 pads 3 around 7 taps, the
 * pool 1 around 3, later strides sit in 1 x 1 convolutions), so cell i is centred on pixel 32 i of 256 and not on
 * 32 i + 16. Half a cell would be 16 pixels beside.
 */
export function cellCentre(cell: number, size: number): number {
  return (cell * INPUT_SIZE) / size;
}

/**
 * A grid over the network's frame, `[size, size]` (a heatmap's 8 x 8 cells), interpolated over the part of the frame
 * that an image of `imageRows` x `imageColumns` fills: `values` is `[rows, columns]` at the network's resolution, the
 * longer side 256. Bilinear between the cells' centres (see `cellCentre`), the last row and column held, so each cell
 * keeps its value at its centre and nothing goes beyond the grid's own range. Throws a `RangeError` where the grid is
 * not square.
 */
export function upsampleGrid(
  grid: ArrayLike<number>,
  imageRows: number,
  imageColumns: number,
): { rows: number; columns: number; values: Float32Array } {
  const size = Math.sqrt(grid.length);
  if (!Number.isInteger(size) || size === 0) throw new RangeError(`${grid.length} cells are not a square`);
  const { top, left, rows, columns } = placement(imageRows, imageColumns);
  const vertical = positions(size, top, rows);
  const horizontal = positions(size, left, columns);
  const values = new Float32Array(rows * columns);
  for (const [row, [above, below, down]] of vertical.entries()) {
    for (const [column, [before, after, across]] of horizontal.entries()) {
      const upper = mix(grid[above * size + before]!, grid[above * size + after]!, across);
      const lower = mix(grid[below * size + before]!, grid[below * size + after]!, across);
      values[row * columns + column] = mix(upper, lower, down);
    }
  }
  return { rows, columns, values };
}

/** For each pixel from `start` on: the cells around it and the share of the second. */
function positions(size: number, start: number, count: number): [number, number, number][] {
  return Array.from({ length: count }, (_, pixel) => {
    const position = Math.min((start + pixel) / cellCentre(1, size), size - 1);
    const first = Math.floor(position);
    return [first, Math.min(first + 1, size - 1), position - first];
  });
}

const mix = (first: number, second: number, share: number) => first + (second - first) * share;
