import { type Confusion, type ConfusionFigures, confusionAt, confusionFigures } from "../metrics/confusion";
import { rankSlices } from "../metrics/ranking";

/** What the operating threshold is for. */
export type ThresholdGoal =
  /** The largest F1 of the tumor class: misses and false alarms weigh alike. */
  | { kind: "f1" }
  /** The highest threshold that finds at least this share of the tumor slices, in (0, 1]. */
  | { kind: "sensitivity"; atLeast: number };

export interface ChosenThreshold {
  /** P(tumor) at and above this is predicted tumor. */
  threshold: number;
  /** On the slices it was chosen on. */
  confusion: Confusion;
  figures: ConfusionFigures;
}

/**
 * The operating threshold on calibrated P(tumor) of validation slices, `p` and `truth` `[slices]`; the default goal
 * is F1. It lies halfway between the two neighbouring P(tumor) that it parts; of equally good ones the nearest
 * to 0.5 is taken. 0.5 where the slices hold no tumor.
 *
 * @example
 * // F1 is 2/3 above 0.6 and 4/5 above 0.225.
 * chooseThreshold([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).threshold // expect.closeTo(0.225, 9)
 */
export function chooseThreshold(
  truth: ArrayLike<number>,
  p: ArrayLike<number>,
  goal: ThresholdGoal = { kind: "f1" },
): ChosenThreshold {
  const { order, groupEnds } = rankSlices(p);
  let tumor = 0;
  for (let slice = 0; slice < truth.length; slice++) if (truth[slice]) tumor++;

  let threshold = 0.5;
  let best = Number.NEGATIVE_INFINITY;
  let hits = 0;
  let rank = 0;
  for (const end of tumor > 0 ? groupEnds : []) {
    for (; rank < end; rank++) if (truth[order[rank]!]) hits++;
    const inside = p[order[end - 1]!]!;
    const candidate = end < order.length ? between(inside, p[order[end]!]!) : inside;

    if (goal.kind === "sensitivity") {
      threshold = candidate;
      if (hits / tumor >= goal.atLeast) break;
      continue;
    }
    const f1 = (2 * hits) / (rank + tumor);
    const isNearer = Math.abs(candidate - 0.5) < Math.abs(threshold - 0.5);
    if (f1 > best || (f1 === best && isNearer)) {
      best = f1;
      threshold = candidate;
    }
  }
  const confusion = confusionAt(truth, p, threshold);
  return { threshold, confusion, figures: confusionFigures(confusion) };
}

/** Halfway, but above `outside` even where no number lies between the two. */
function between(inside: number, outside: number): number {
  const middle = (inside + outside) / 2;
  return middle > outside ? middle : inside;
}
