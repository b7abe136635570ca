import { evaluateSlices } from "@/lib/science/metrics/evaluate";
import type { Folds } from "@/lib/science/training/deal-folds";
import type { FoldHead, JoinedHeads } from "./cross-fit";

/**
 * What a model's card says of how it was made. `outOfFold` are figures on the patients that it learned from, each
 * judged by heads and a join that were not fitted on that patient: they steered the fit, so they are no test.
 */
export function cardOf(
  joined: JoinedHeads,
  heads: readonly FoldHead[],
  folds: Folds,
): Record<string, unknown> {
  const { auc, f1, ece, eceIfCalibrated, sensitivity, patients, slices } = evaluateSlices(
    joined.outOfFold.map(({ slice, p }) => ({ patient: slice.hashedKey, truth: slice.truth!, p })),
    joined.threshold,
  );
  return {
    kind: `${heads.length} heads on cached features, joined with the base's evidence and the slice's neighbours`,
    heads: heads.map(({ head: _, ...facts }) => facts),
    join: joined.weights.join && {
      columns: joined.weights.join.names,
      weights: [...joined.weights.join.weights],
      bias: joined.weights.join.bias,
    },
    outOfFold: {
      patients,
      slices,
      auc,
      f1,
      ece,
      eceIfCalibrated,
      sensitivity,
      onSeenPatients: folds.dealtSeen,
    },
  };
}
