import { expectedCalibrationError } from "@/lib/science/metrics/calibration";
import { confusionFigures } from "@/lib/science/metrics/confusion";
import { rocAuc } from "@/lib/science/metrics/roc";
import { calibratedP, fitTemperature } from "@/lib/science/training/calibrate";
import { chooseThreshold } from "@/lib/science/training/choose-threshold";

export interface Scores {
  auc: number;
  f1: number;
  ece: number;
}

/** A slice's margin by something that was not fitted on its fold. */
export interface OutOfFoldMargin {
  fold: number;
  truth: 0 | 1;
  margin: number;
}

/**
 * Figures out of fold: each fold is calibrated (temperature) and called (threshold of the largest F1) by what the other
 * folds say, so that no slice has a say in its own figures.
 */
export function scoreOutOfFold(rows: readonly OutOfFoldMargin[]): Scores {
  const p = new Float64Array(rows.length);
  const called = new Uint8Array(rows.length);
  for (const fold of new Set(rows.map((row) => row.fold))) {
    const others = rows.filter((row) => row.fold !== fold);
    const truth = others.map((row) => row.truth);
    const { calibration } = fitTemperature(
      others.map((row) => row.margin),
      truth,
    );
    const { threshold } = chooseThreshold(
      truth,
      calibratedP(
        others.map((row) => row.margin),
        calibration,
      ),
    );
    for (const [index, row] of rows.entries()) {
      if (row.fold !== fold) continue;
      p[index] = calibratedP([row.margin], calibration)[0]!;
      called[index] = p[index]! >= threshold ? 1 : 0;
    }
  }
  return scoreCalls(
    rows.map((row) => row.truth),
    p,
    called,
  );
}

export function scoreCalls(truth: readonly (0 | 1)[], p: Float64Array, called: Uint8Array): Scores {
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 };
  for (const [index, is] of truth.entries())
    counts[is ? (called[index] ? "tp" : "fn") : called[index] ? "fp" : "tn"]++;
  return {
    auc: rocAuc(truth, p)!,
    f1: confusionFigures(counts).f1!,
    ece: expectedCalibrationError(truth, p)!,
  };
}

/** Mean over seeds, with the spread of AUC. */
export function line(part: string, what: string, scores: readonly Scores[], seconds: number): string {
  const mean = (key: keyof Scores) => scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
  const aucs = scores.map(({ auc }) => auc);
  const range = scores.length > 1 ? ` (${Math.min(...aucs).toFixed(4)}-${Math.max(...aucs).toFixed(4)})` : "";
  const cells = [part, what, mean("auc").toFixed(4) + range, mean("f1").toFixed(4), mean("ece").toFixed(4)];
  return `| ${[...cells, seconds.toFixed(0), String(scores.length)].join(" | ")} |`;
}
