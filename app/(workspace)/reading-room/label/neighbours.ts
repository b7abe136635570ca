import { perCent } from "@/app/_ui/label-words";
import type { SliceView } from "@/lib/features/studies/schema";
import { isReviewed } from "./label-state";

/** Slices on each side that a slice is seen among. */
export const reach = 7;

type Predicted = Pick<SliceView, "position" | "prediction" | "predictionHidden" | "label" | "flags">;

/** A slice among its neighbours; P(tumor) is null without a prediction. */
export interface NeighbourPoint {
  position: number;
  pTumor: number | null;
  /** Its prediction exists and is hidden until a person has decided. */
  hidden: boolean;
  current: boolean;
  flagged: boolean;
  /** A person has labelled it. */
  labelled: boolean;
}

/** The slice at `index` with up to `reach` on each side, in the study's order. */
export function neighbourPoints(slices: readonly Predicted[], index: number): NeighbourPoint[] {
  const first = Math.max(0, index - reach);
  return slices.slice(first, index + reach + 1).map((slice, offset) => ({
    position: slice.position,
    pTumor: slice.prediction?.pTumor ?? null,
    hidden: slice.predictionHidden,
    current: first + offset === index,
    flagged: slice.flags.length > 0,
    labelled: isReviewed(slice),
  }));
}

/**
 * A curve of P(tumor) in a sentence: where it crosses the threshold, or between what it lies.
 *
 * Example: `Slices 9 to 23: P(tumor) rises above 50 % at slice 12 and falls below at slice 19.` At the threshold counts
 * as above: such a slice is called tumor. Where predictions are hidden, nothing is said of the others' course: it would
 * read as one of all of them.
 */
export function curveInWords(points: readonly NeighbourPoint[], threshold: number | null): string {
  const known = points.flatMap(({ position, pTumor }) => (pTumor === null ? [] : [{ position, pTumor }]));
  const range =
    points.length === 1
      ? `Slice ${points[0]!.position}`
      : `Slices ${points[0]!.position} to ${points.at(-1)!.position}`;
  const hidden = points.filter((point) => point.hidden).length;
  if (hidden > 0)
    return `${range}: ${hidden} ${hidden === 1 ? "prediction is" : "predictions are"} hidden until you have decided.`;
  const first = known[0];
  if (!first) return "No prediction of this slice or its neighbours.";
  const missing = points.length - known.length;
  const gap = missing > 0 ? ` No prediction of ${missing} of them.` : "";
  if (threshold === null) return `${range}: P(tumor) ${betweenWords(known.map((one) => one.pTumor))}.${gap}`;

  const crossings: string[] = [];
  let above = first.pTumor >= threshold;
  for (const { position, pTumor } of known) {
    if (pTumor >= threshold === above) continue;
    above = !above;
    const limit = crossings.length === 0 ? ` ${perCent(threshold)}` : "";
    crossings.push(`${above ? "rises above" : "falls below"}${limit} at slice ${position}`);
  }
  const course = crossings.length > 0 ? inARow(crossings) : staysWords(above, threshold);
  return `${range}: P(tumor) ${course}.${gap}`;
}

/** How the slices beside this one are called, in a sentence; null where nothing can be said. */
export function standingInWords(slices: readonly Predicted[], index: number): string | null {
  const own = slices[index]?.prediction?.predictedClass;
  if (slices[index - 1]?.predictionHidden || slices[index + 1]?.predictionHidden) return null;
  const beside = [slices[index - 1], slices[index + 1]].flatMap((slice) =>
    slice?.prediction ? [{ position: slice.position, called: slice.prediction.predictedClass }] : [],
  );
  const [one, other] = beside;
  if (!own || !one) return null;
  const word = (called: string) => (called === "TUMOR" ? "tumor" : "no tumor");
  if (!other) {
    return `The one adjacent slice with a prediction, ${one.position}, is predicted ${word(one.called)}${one.called === own ? " too" : ""}.`;
  }
  if (one.called !== other.called) {
    return `Edge of the predicted lesion: slice ${one.position} predicted ${word(one.called)}, slice ${other.position} ${word(other.called)}.`;
  }
  return one.called === own
    ? `Adjacent slices have the same prediction: ${word(own)}.`
    : `Adjacent slices have the opposite prediction: ${word(one.called)}.`;
}

function staysWords(above: boolean, threshold: number): string {
  return above ? `is never below ${perCent(threshold)}` : `stays below ${perCent(threshold)}`;
}

function betweenWords(values: readonly number[]): string {
  const low = perCent(Math.min(...values));
  const high = perCent(Math.max(...values));
  return low === high ? `is ${low}` : `lies between ${low} and ${high}`;
}

/** `a`, `a and b`, `a, b and c` */
function inARow(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
