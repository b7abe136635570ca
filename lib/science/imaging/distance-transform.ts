import { type Grid, requireSize } from "./mask-editing/grid";

/** Distance between neighbouring pixel centres: down a column, along a row. */
export interface Spacing {
  row: number;
  column: number;
}

/**
 * From each pixel's centre the exact Euclidean distance to the centre of the nearest non-zero pixel, in the units of
 * `spacing` (pixels where left out): `[rows, columns]`, 0 on such a pixel, Infinity everywhere where there is none.
 *
 * The lower envelope of parabolas, axis by axis, in time linear in the pixels (Felzenszwalb and Huttenlocher 2012,
 * doi:10.4086/toc.2012.v008a019).
 *
 * Throws `RangeError` for another size or a spacing that is not above 0 and finite.
 */
export function distanceTransform(
  pixels: ArrayLike<number>,
  grid: Grid,
  spacing: Spacing = { row: 1, column: 1 },
): Float64Array {
  requireSize(pixels, grid);
  for (const step of [spacing.row, spacing.column]) {
    if (!(step > 0 && step < Infinity))
      throw new RangeError(`a spacing of ${step} is not above 0 and finite`);
  }
  const { rows, columns } = grid;
  const squared = Float64Array.from(pixels, (pixel) => (pixel === 0 ? Infinity : 0));
  const alongColumn = lineTransform(rows, spacing.row);
  for (let column = 0; column < columns; column++) alongColumn(squared, column, columns);
  const alongRow = lineTransform(columns, spacing.column);
  for (let row = 0; row < rows; row++) alongRow(squared, row * columns, 1);
  return squared.map(Math.sqrt);
}

/**
 * Replaces a line of `length` values by min over q of (spacing (p - q))^2 + value(q), p and q counting along it.
 * The line begins at `start` and goes on every `stride` values.
 */
function lineTransform(length: number, spacing: number) {
  const values = new Float64Array(length);
  /** Vertices of the envelope's parabolas, and the place from which each is the lowest. */
  const vertices = new Int32Array(length);
  const begins = new Float64Array(length);
  const weight = spacing * spacing;

  /** Where the parabola of `right` falls below that of `left`, which lies before it. */
  const meeting = (left: number, right: number) =>
    (left + right) / 2 + (values[right]! - values[left]!) / (2 * weight * (right - left));

  return (squared: Float64Array, start: number, stride: number) => {
    let last = -1;
    for (let place = 0; place < length; place++) {
      values[place] = squared[start + place * stride]!;
      if (values[place] === Infinity) continue;
      while (last > 0 && meeting(vertices[last]!, place) <= begins[last]!) last--;
      const begin = last < 0 ? -Infinity : meeting(vertices[last]!, place);
      last++;
      vertices[last] = place;
      begins[last] = begin;
    }
    if (last < 0) return;
    let current = 0;
    for (let place = 0; place < length; place++) {
      while (current < last && begins[current + 1]! < place) current++;
      const away = place - vertices[current]!;
      squared[start + place * stride] = weight * away * away + values[vertices[current]!]!;
    }
  };
}
