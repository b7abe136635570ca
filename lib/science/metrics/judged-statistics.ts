import type { ResampleStatistics } from "./bootstrap";
import { type FigureName, figureNames, sliceStatistics } from "./slice-statistics";

/** What was said of a slice by something that was fitted without its patient, and called by its own threshold. */
export interface JudgedSlice {
  patient: string;
  truth: 0 | 1;
  p: number;
  called: boolean;
}

/** The figures of {@link judgedStatistics}, in order. */
export const judgedFigures = ["auc", "f1", "ece"] as const satisfies readonly FigureName[];

/**
 * AUC and ECE of P(tumor) and F1 of the calls as they were made, folds having thresholds of their own, as a function
 * of how often each patient of `order` counts.
 */
export function judgedStatistics(rows: readonly JudgedSlice[], order: string[]): ResampleStatistics {
  const scores = sliceStatistics(rows, 0.5, order).statistics;
  const calls = sliceStatistics(
    rows.map(({ called, ...row }) => ({ ...row, p: Number(called) })),
    0.5,
    order,
  ).statistics;
  return (weights) => {
    const [score, call] = [scores(weights), calls(weights)];
    return judgedFigures.map((name) => (name === "f1" ? call : score)[figureNames.indexOf(name)]!);
  };
}

/** The mean of each statistic over several sets, such as seeds; null where it is undefined on one of them. */
export function meanStatistics(sets: readonly ResampleStatistics[]): ResampleStatistics {
  return (weights) => {
    const found = sets.map((statistics) => statistics(weights));
    return found[0]!.map((_, index) =>
      found.reduce<number | null>((sum, own) => {
        const value = own[index]!;
        return sum === null || value === null ? null : sum + value / found.length;
      }, 0),
    );
  };
}
