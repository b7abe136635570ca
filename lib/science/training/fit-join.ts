import { calibratedP, UNCALIBRATED } from "./calibrate";
import { type ChosenThreshold, chooseThreshold, type ThresholdGoal } from "./choose-threshold";
import { fitLogistic, type LogisticWeights, logisticMargins } from "./fit-logistic";

/** Rows of evidence of labelled slices, each of a patient that was dealt into a fold. */
export interface JoinRows {
  /** `[slices, columns]`, from heads that were not fitted on the slice's patient. */
  evidence: Float64Array;
  /** `[slices]`, 1 for tumor. */
  truth: Uint8Array;
  /** `[slices]`: the fold of the slice's patient. */
  fold: Uint8Array;
  /** `[slices]`, above 0: what each weighs. */
  weights?: Float32Array;
}

export interface FittedJoin {
  join: LogisticWeights;
  threshold: ChosenThreshold;
  /** `[slices]`: P(tumor) of each slice by a join that was not fitted on its patient. */
  outOfFold: Float64Array;
}

/** Chosen by cross-validation on the shared set (docs/protocol.md). */
export const JOIN_RIDGE = 2;

/**
 * Fits what joins a study's evidence to P(tumor). The join itself is fitted on all rows; the threshold is chosen on
 * out-of-fold probabilities, those of joins fitted without the slice's fold, because on the rows of its own fit a join
 * is surer than on others. Fitted by likelihood with a ridge, its P need no calibration of their own: a temperature
 * made them worse (docs/protocol.md).
 *
 * Deterministic. Where all rows are in one fold, they are judged by the join that was fitted on them.
 */
export function fitJoin(
  { evidence, truth, fold, weights }: JoinRows,
  { ridge = JOIN_RIDGE, goal }: { ridge?: number; goal?: ThresholdGoal } = {},
): FittedJoin {
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

  const join = fitRows(all);
  const margins = new Float64Array(truth.length);
  const folds = [...new Set(fold)].sort((a, b) => a - b);
  for (const left of folds) {
    const inside = all.filter((row) => fold[row] === left);
    const others = all.filter((row) => fold[row] !== left);
    const found = logisticMargins(pick(inside).evidence, others.length > 0 ? fitRows(others) : join);
    for (const [index, row] of inside.entries()) margins[row] = found[index]!;
  }
  const outOfFold = calibratedP(margins, UNCALIBRATED);
  return { join, threshold: chooseThreshold(truth, outOfFold, goal), outOfFold };
}
