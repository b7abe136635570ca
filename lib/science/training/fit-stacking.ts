import { calibratedP, UNCALIBRATED } from "./calibrate";
import { type ChosenThreshold, chooseThreshold, type ThresholdGoal } from "./choose-threshold";
import { fitLogistic, type LogisticWeights, logisticMargins } from "./fit-logistic";

/** Rows of evidence of labelled slices, each of a patient that is assigned to a fold. */
export interface StackingRows {
  /** `[slices, columns]`, from heads that were not fitted on the slice's patient. */
  evidence: Float64Array;
  /** `[slices]`, 1 for tumor. */
  truth: Uint8Array;
  /** `[slices]`: the fold of the slice's patient. */
  fold: Uint8Array;
  /** `[slices]`, above 0: what each weighs. */
  weights?: Float32Array;
}

export interface FittedStacking {
  stacking: LogisticWeights;
  threshold: ChosenThreshold;
  /** `[slices]`: P(tumor) of each slice by a regression that was not fitted on its patient. */
  outOfFold: Float64Array;
}

/** Chosen by cross-validation on the shared set (docs/protocol.md). */
export const STACKING_RIDGE = 2;

/**
 * Stacking: a logistic regression with a ridge makes P(tumor) of a study's evidence. It is fitted on all rows. The
 * threshold is chosen on out-of-fold probabilities, from regressions fitted without the slice's fold, because a
 * regression is too sure on the rows that it was fitted on. P(tumor) needs no further calibration: a temperature made
 * it worse (docs/protocol.md).
 *
 * Deterministic. Where all rows are in one fold, they are judged by the regression that was fitted on them.
 */
export function fitStacking(
  { evidence, truth, fold, weights }: StackingRows,
  { ridge = STACKING_RIDGE, goal }: { ridge?: number; goal?: ThresholdGoal } = {},
): FittedStacking {
  const columns = evidence.length / truth.length;
  const all = Array.from(truth, (_, row) => row);
  const pick = (rows: number[]) => ({
    evidence: Float64Array.from({ length: rows.length * columns }, (_, index) => {
      return evidence[rows[Math.floor(index / columns)]! * columns + (index % columns)]!;
    }),
    truth: rows.map((row) => truth[row]!),
    rowWeights: weights && rows.map((row) => weights[row]!),
  });
  const fitRows = (rows: number[]) => {
    const picked = pick(rows);
    return fitLogistic(picked.evidence, picked.truth, { ridge, rowWeights: picked.rowWeights });
  };

  const stacking = fitRows(all);
  const margins = new Float64Array(truth.length);
  const folds = [...new Set(fold)].sort((a, b) => a - b);
  for (const leftOut of folds) {
    const inside = all.filter((row) => fold[row] === leftOut);
    const others = all.filter((row) => fold[row] !== leftOut);
    const found = logisticMargins(pick(inside).evidence, others.length > 0 ? fitRows(others) : stacking);
    for (const [index, row] of inside.entries()) margins[row] = found[index]!;
  }
  const outOfFold = calibratedP(margins, UNCALIBRATED);
  return { stacking, threshold: chooseThreshold(truth, outOfFold, goal), outOfFold };
}
