import { bootstrapDifference } from "./bootstrap";
import type { Figure } from "./figure";
import { type FigureName, figureNames, type ScoredSlice, sliceStatistics } from "./slice-statistics";

/** One model's scores at its own threshold. */
export interface ScoredModel {
  rows: readonly ScoredSlice[];
  threshold: number;
}

/**
 * `candidate - production`, figure by figure, with paired patient-bootstrap intervals: an interval that holds 0
 * means that these patients do not tell the two apart. (Brier and ECE are better when smaller.)
 *
 * Throws a `RangeError` where the two were not scored on the same patients.
 */
export function compareModels(
  candidate: ScoredModel,
  production: ScoredModel,
  { seed = 1, resamples = 2000 }: { seed?: number; resamples?: number } = {},
): Record<FigureName, Figure> {
  const first = sliceStatistics(candidate.rows, candidate.threshold);
  const others = new Set(production.rows.map(({ patient }) => patient));
  if (others.size !== first.patients.length || first.patients.some((patient) => !others.has(patient))) {
    throw new RangeError("two models are compared on the same patients");
  }
  const second = sliceStatistics(production.rows, production.threshold, first.patients);
  const patients = first.patients.length;

  const intervals = bootstrapDifference(patients, first.statistics, second.statistics, { seed, resamples });
  const once = new Uint16Array(patients).fill(1);
  const candidateValues = first.statistics(once);
  const productionValues = second.statistics(once);
  return Object.fromEntries(
    figureNames.map((name, index) => {
      const [a, b] = [candidateValues[index]!, productionValues[index]!];
      return [name, { value: a === null || b === null ? null : a - b, ...intervals[index]! }];
    }),
  ) as Record<FigureName, Figure>;
}
