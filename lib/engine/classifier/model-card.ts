import { evaluateSlices } from "@/lib/science/metrics/evaluate";
import type { Folds } from "@/lib/science/training/assign-folds";
import type { FoldHead, StackedHeads } from "./cross-fit";

/**
 * What a model's card says of how it was made. `outOfFold` are figures on the patients that it learned from, each
 * judged by heads and stacking that were not fitted on that patient: they steered the fit, so they are no test.
 */
export function cardOf(
  stacked: StackedHeads,
  heads: readonly FoldHead[],
  folds: Folds,
): Record<string, unknown> {
  const { auc, f1, ece, eceIfCalibrated, sensitivity, patients, slices } = evaluateSlices(
    stacked.outOfFold.map(({ slice, p }) => ({ patient: slice.hashedKey, truth: slice.truth!, p })),
    stacked.threshold,
  );
  return {
    kind: `${heads.length} heads on cached features, stacked with the base's evidence and the slice's neighbours`,
    heads: heads.map(({ head: _, ...facts }) => facts),
    // Stored cards have the key `join`.
    join: stacked.weights.stacking && {
      columns: stacked.weights.stacking.names,
      weights: [...stacked.weights.stacking.weights],
      bias: stacked.weights.stacking.bias,
    },
    outOfFold: {
      patients,
      slices,
      auc,
      f1,
      ece,
      eceIfCalibrated,
      sensitivity,
      onSeenPatients: folds.assignedSeen,
    },
  };
}
