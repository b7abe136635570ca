import { distanceTransform, type Spacing } from "../imaging/distance-transform";
import { type Grid, requireSize } from "../imaging/mask-editing/grid";
import { percentile } from "./bootstrap";

/**
 * How far apart the outlines of two masks lie, but for the worst twentieth: the 95th percentile Hausdorff distance
 * (the ranked distance of Huttenlocher et al. 1993, doi:10.1109/34.232073). In pixels, or in the units of `spacing`
 * (mm); null where either mask is empty.
 *
 * From every boundary pixel of one mask the distance between centres to the nearest boundary pixel of the other; the
 * 95th percentile of these, interpolated linearly; the larger of both directions. A boundary pixel is tumor with
 * background, or the end of the image, to its left, right, above or below. MONAI's
 * `compute_hausdorff_distance(percentile=95)` is defined so; tools that pool both directions before the percentile give less.
 *
 * `first` and `second` are `[rows, columns]`, 0 or 1. Throws `RangeError` for another size or spacing.
 *
 * @example
 * // Distances 0, 1, 2, 3, 4 one way and 0 the other.
 * hausdorff95(Uint8Array.of(1, 1, 1, 1, 1), Uint8Array.of(1, 0, 0, 0, 0), { rows: 1, columns: 5 }) // expect.closeTo(3.8, 9)
 */
export function hausdorff95(
  first: Uint8Array,
  second: Uint8Array,
  grid: Grid,
  spacing?: Spacing,
): number | null {
  const firstBoundary = boundary(first, grid);
  const secondBoundary = boundary(second, grid);
  if (!firstBoundary.includes(1) || !secondBoundary.includes(1)) return null;
  return Math.max(
    directed95(firstBoundary, distanceTransform(secondBoundary, grid, spacing)),
    directed95(secondBoundary, distanceTransform(firstBoundary, grid, spacing)),
  );
}

function directed95(from: Uint8Array, distances: Float64Array): number {
  return percentile(distances.filter((_, index) => from[index] === 1).sort(), 0.95);
}

function boundary(mask: Uint8Array, grid: Grid): Uint8Array {
  requireSize(mask, grid);
  const { rows, columns } = grid;
  const isTumor = (row: number, column: number) =>
    row >= 0 && row < rows && column >= 0 && column < columns && mask[row * columns + column] !== 0;
  return mask.map((value, index) => {
    if (value === 0) return 0;
    const row = Math.floor(index / columns);
    const column = index % columns;
    const isEnclosed =
      isTumor(row - 1, column) &&
      isTumor(row + 1, column) &&
      isTumor(row, column - 1) &&
      isTumor(row, column + 1);
    return isEnclosed ? 0 : 1;
  });
}
