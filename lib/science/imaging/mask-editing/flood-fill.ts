import { connectedPixels } from "./connected-pixels";
import { type Grid, type Point, pixelUnder, requireSize } from "./grid";

/**
 * Sets the region around `seed` whose grey values differ from the seed's by at most `tolerance`, in the image's own
 * units; returns true if any pixel changed. The region is 4-connected and depends on the image alone, not on the
 * mask. A seed outside the image changes nothing.
 *
 * `mask` is `[rows, columns]`, 0 or 1, and is changed in place; `image` is one channel, `[rows, columns]`.
 * Throws `RangeError` where either has another size.
 */
export function floodFill(
  mask: Uint8Array,
  grid: Grid,
  image: ArrayLike<number>,
  seed: Point,
  tolerance: number,
  value: 0 | 1,
): boolean {
  requireSize(mask, grid);
  requireSize(image, grid);
  const start = pixelUnder(seed, grid);
  if (start === null) return false;
  const grey = image[start]!;
  const region = connectedPixels(grid, [start], (index) => Math.abs(image[index]! - grey) <= tolerance);
  let changed = false;
  for (let index = 0; index < region.length; index++) {
    if (!region[index] || mask[index] === value) continue;
    mask[index] = value;
    changed = true;
  }
  return changed;
}
