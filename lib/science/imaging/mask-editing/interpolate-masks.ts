import { distanceTransform } from "../distance-transform";
import { type Grid, requireSize } from "./grid";

/**
 * A mask between two others by shape-based interpolation (Raya and Udupa 1990, doi:10.1109/42.52980): the signed
 * distances of both, (1 - fraction) x below + fraction x above, are tumor where above zero.
 *
 * `below`, `above` and the result are `[rows, columns]`, 0 or 1. `fraction` is the way from below to above: 0 gives
 * `below` exactly, 1 `above`. `aspect` is row spacing / column spacing, 1 where unknown.
 *
 * A signed distance is positive in tumor, to the nearest background, and negative outside, to the nearest tumor,
 * between pixel centres; what lies beyond the image is background. No pixel is at zero, so both masks are treated
 * alike; a mixture of exactly zero is background. Where two masks lie far apart, the one between can be empty.
 *
 * Example: of two discs around one centre, of radius 10 and 20 pixels, the mask at one half is the disc of radius 15,
 * to a pixel at its edge.
 *
 * Throws `RangeError` for another size, an empty mask, or a fraction outside 0 to 1.
 */
export function interpolateMasks(
  below: Uint8Array,
  above: Uint8Array,
  grid: Grid,
  fraction: number,
  aspect = 1,
): Uint8Array {
  if (!(fraction >= 0 && fraction <= 1))
    throw new RangeError(`a fraction of ${fraction} is not within 0 to 1`);
  const first = signedDistance(below, grid, aspect);
  const second = signedDistance(above, grid, aspect);
  return Uint8Array.from(first, (distance, index) =>
    (1 - fraction) * distance + fraction * second[index]! > 0 ? 1 : 0,
  );
}

function signedDistance(mask: Uint8Array, grid: Grid, aspect: number): Float64Array {
  requireSize(mask, grid);
  if (!mask.includes(1)) throw new RangeError("an empty mask has no shape to interpolate");
  const spacing = { row: aspect, column: 1 };
  const toTumor = distanceTransform(mask, grid, spacing);
  const toBackground = distanceTransform(
    mask.map((value) => 1 - value),
    grid,
    spacing,
  );
  return toTumor.map((distance, index) =>
    mask[index] === 0 ? -distance : Math.min(toBackground[index]!, toBeyond(index, grid, aspect)),
  );
}

/** From a pixel's centre to the nearest that would lie beyond the image. */
function toBeyond(index: number, { rows, columns }: Grid, aspect: number) {
  const row = Math.floor(index / columns);
  const column = index % columns;
  return Math.min(column + 1, columns - column, aspect * (row + 1), aspect * (rows - row));
}
