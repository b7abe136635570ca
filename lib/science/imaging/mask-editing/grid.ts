/** Size of an image in pixels. */
export interface Grid {
  rows: number;
  columns: number;
}

/**
 * `[x, y]` in pixels from the image's top left corner: pixel (row, column) spans column to column + 1, its centre is
 * at + 0.5.
 */
export type Point = readonly [x: number, y: number];

/** Throws `RangeError` unless `pixels`, a mask or one channel of an image, has as many as the grid. */
export function requireSize(pixels: ArrayLike<number>, { rows, columns }: Grid): void {
  if (pixels.length !== rows * columns) {
    throw new RangeError(`${pixels.length} pixels are not ${rows} x ${columns}`);
  }
}

/** The pixel under a point, row by row, or null outside the image. */
export function pixelUnder([x, y]: Point, { rows, columns }: Grid): number | null {
  const inside = x >= 0 && x < columns && y >= 0 && y < rows;
  return inside ? Math.floor(y) * columns + Math.floor(x) : null;
}
