import type { Ranking } from "./ranking";
import { rankSlices } from "./ranking";
import { thinCurve } from "./thin-curve";

/** Predicting tumor from `threshold` on gives this recall and precision; null is the start, above every P(tumor). */
export interface PrecisionRecallPoint {
  recall: number;
  precision: number;
  threshold: number | null;
}

/**
 * Average precision as scikit-learn defines it: the sum over thresholds of precision times the gain in recall,
 * not interpolated. Null without a tumor slice.
 *
 * @example
 * averagePrecision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // expect.closeTo(1 / 2 + (1 / 2) * (2 / 3), 9)
 */
export function averagePrecision(truth: ArrayLike<number>, p: ArrayLike<number>): number | null {
  return rankedAveragePrecision(rankSlices(p), truth, null);
}

/** {@link averagePrecision} over a ranking made once; `weights`, `[slices]`, says how often each slice counts. */
export function rankedAveragePrecision(
  { order, groupEnds }: Ranking,
  truth: ArrayLike<number>,
  weights: ArrayLike<number> | null,
): number | null {
  let hits = 0;
  let predicted = 0;
  let sum = 0;
  let rank = 0;
  for (let group = 0; group < groupEnds.length; group++) {
    let gained = 0;
    for (; rank < groupEnds[group]!; rank++) {
      const slice = order[rank]!;
      const weight = weights ? weights[slice]! : 1;
      predicted += weight;
      if (truth[slice]) gained += weight;
    }
    hits += gained;
    if (gained > 0) sum += (gained * hits) / predicted;
  }
  return hits > 0 ? sum / hits : null;
}

/** The curve from recall 0 (precision 1 by convention) to recall 1; empty without a tumor slice. */
export function precisionRecallCurve(
  truth: ArrayLike<number>,
  p: ArrayLike<number>,
  maxPoints = 200,
): PrecisionRecallPoint[] {
  const { order, groupEnds } = rankSlices(p);
  let tumor = 0;
  for (let index = 0; index < truth.length; index++) if (truth[index]) tumor++;
  if (tumor === 0) return [];

  const points: PrecisionRecallPoint[] = [{ recall: 0, precision: 1, threshold: null }];
  let hits = 0;
  let rank = 0;
  for (const end of groupEnds) {
    for (; rank < end; rank++) if (truth[order[rank]!]) hits++;
    points.push({ recall: hits / tumor, precision: hits / rank, threshold: p[order[rank - 1]!]! });
    if (hits === tumor) break;
  }
  return thinCurve(points, maxPoints);
}
