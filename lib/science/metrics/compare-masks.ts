import type { Spacing } from "../imaging/distance-transform";
import { type Grid, requireSize } from "../imaging/mask-editing/grid";
import { dice } from "./dice";
import { hausdorff95 } from "./hausdorff";

export interface MaskComparison {
  addedPixels: number;
  removedPixels: number;
  sharedPixels: number;
  /** 2 |A and B| / (|A| + |B|); null where both are empty. */
  dice: number | null;
  /** In pixels, or mm where spacing is given; null where a mask is empty. */
  hausdorff95: number | null;
  /** `[rows, columns]`, 1 where only the later mask has tumor. */
  added: Uint8Array;
  /** `[rows, columns]`, 1 where only the earlier mask has tumor. */
  removed: Uint8Array;
}

/**
 * What became of a mask: `earlier` and `later` are `[rows, columns]`, 0 or 1; `spacing` is in mm. Dice and the
 * Hausdorff distance are the same the other way round.
 *
 * Throws `RangeError` for another size or a spacing that is not above 0 and finite.
 */
export function compareMasks(
  earlier: Uint8Array,
  later: Uint8Array,
  grid: Grid,
  spacing?: Spacing,
): MaskComparison {
  requireSize(earlier, grid);
  requireSize(later, grid);
  const added = new Uint8Array(earlier.length);
  const removed = new Uint8Array(earlier.length);
  let addedPixels = 0;
  let removedPixels = 0;
  let sharedPixels = 0;
  for (let index = 0; index < earlier.length; index++) {
    const wasTumor = earlier[index] !== 0;
    const isTumor = later[index] !== 0;
    if (wasTumor && isTumor) sharedPixels++;
    else if (isTumor) {
      added[index] = 1;
      addedPixels++;
    } else if (wasTumor) {
      removed[index] = 1;
      removedPixels++;
    }
  }
  return {
    addedPixels,
    removedPixels,
    sharedPixels,
    dice: dice(earlier, later),
    hausdorff95: hausdorff95(earlier, later, grid, spacing),
    added,
    removed,
  };
}
