import type { Ranking } from "./ranking";
import { rankSlices } from "./ranking";
import { thinCurve } from "./thin-curve";

/** Predicting tumor from `threshold` on gives these rates; null is the start, above every P(tumor). */
export interface RocPoint {
  falsePositiveRate: number;
  sensitivity: number;
  threshold: number | null;
}

/**
 * Area under the ROC curve: the chance that a tumor slice has a higher P(tumor) than one without, ties counting
 * half (Mann and Whitney 1947; Hanley and McNeil 1982). Null unless both classes occur.
 *
 * @example
 * rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // 0.75
 */
export function rocAuc(truth: ArrayLike<number>, p: ArrayLike<number>): number | null {
  return rankedAuc(rankSlices(p), truth, null);
}

/** {@link rocAuc} over a ranking made once; `weights`, `[slices]`, says how often each slice counts (null: once). */
export function rankedAuc(
  { order, groupEnds }: Ranking,
  truth: ArrayLike<number>,
  weights: ArrayLike<number> | null,
): number | null {
  let tumor = 0;
  let noTumor = 0;
  let wins = 0;
  let rank = 0;
  for (let group = 0; group < groupEnds.length; group++) {
    let groupTumor = 0;
    let groupNoTumor = 0;
    for (; rank < groupEnds[group]!; rank++) {
      const slice = order[rank]!;
      const weight = weights ? weights[slice]! : 1;
      if (truth[slice]) groupTumor += weight;
      else groupNoTumor += weight;
    }
    wins += groupNoTumor * (tumor + groupTumor / 2);
    tumor += groupTumor;
    noTumor += groupNoTumor;
  }
  return tumor > 0 && noTumor > 0 ? wins / (tumor * noTumor) : null;
}

/** The curve from (0, 0) to (1, 1), without points on a straight line; empty unless both classes occur. */
export function rocCurve(truth: ArrayLike<number>, p: ArrayLike<number>, maxPoints = 200): RocPoint[] {
  const { order, groupEnds } = rankSlices(p);
  let tumor = 0;
  for (let index = 0; index < truth.length; index++) if (truth[index]) tumor++;
  const noTumor = truth.length - tumor;
  if (tumor === 0 || noTumor === 0) return [];

  const points: RocPoint[] = [{ falsePositiveRate: 0, sensitivity: 0, threshold: null }];
  let hits = 0;
  let rank = 0;
  for (const end of groupEnds) {
    for (; rank < end; rank++) if (truth[order[rank]!]) hits++;
    const point = {
      falsePositiveRate: (rank - hits) / noTumor,
      sensitivity: hits / tumor,
      threshold: p[order[rank - 1]!]!,
    };
    if (points.length > 1 && onOneLine(points.at(-2)!, points.at(-1)!, point)) points.pop();
    points.push(point);
  }
  return thinCurve(points, maxPoints);
}

/** Only along an axis, where the comparison is exact. */
function onOneLine(a: RocPoint, b: RocPoint, c: RocPoint): boolean {
  return (
    (a.sensitivity === b.sensitivity && b.sensitivity === c.sensitivity) ||
    (a.falsePositiveRate === b.falsePositiveRate && b.falsePositiveRate === c.falsePositiveRate)
  );
}
