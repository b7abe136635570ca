import type { SliceView } from "@/lib/features/studies/schema";
import { labelState } from "../label/label-state";

export const stripOrders = ["position", "pTumor", "doubt"] as const;
export const stripFilters = ["all", "flagged", "changed", "disagreeing"] as const;
export type StripFilter = (typeof stripFilters)[number];

/** How the strip's slices are sorted, and which of them it shows. */
export interface StripView {
  /** By number, by P(tumor) from the highest, or by confidence from the lowest. */
  order: (typeof stripOrders)[number];
  filter: StripFilter;
}

export const defaultStripView: StripView = { order: "position", filter: "all" };

export type StripSlice = Pick<SliceView, "position" | "prediction" | "label" | "imported" | "flags">;

const passes: Record<StripFilter, (slice: StripSlice) => boolean> = {
  all: () => true,
  flagged: ({ flags }) => flags.length > 0,
  changed: (slice) => labelState(slice) === "changed",
  // Who cannot tell does not contradict: so are flags made, too.
  disagreeing: ({ prediction, label }) =>
    prediction !== null &&
    label !== null &&
    label.labelClass !== "CANNOT_TELL" &&
    label.labelClass !== prediction.predictedClass,
};

/** Lower comes first; slices without a prediction come last. */
const ranks: Record<StripView["order"], (slice: StripSlice) => number> = {
  position: () => 0,
  pTumor: ({ prediction }) => (prediction ? -prediction.pTumor : 2),
  doubt: ({ prediction }) => (prediction ? prediction.confidence : 2),
};

/** Indices of the slices that the strip shows, as it shows them; equal ones stay in the study's order. */
export function stripSlices(slices: readonly StripSlice[], { order, filter }: StripView): number[] {
  return sorted(slices, order).filter((index) => passes[filter](slices[index]!));
}

/** Slices that each filter leaves. */
export function stripCounts(slices: readonly StripSlice[]): Record<StripFilter, number> {
  const count = (filter: StripFilter) => slices.filter(passes[filter]).length;
  return {
    all: slices.length,
    flagged: count("flagged"),
    changed: count("changed"),
    disagreeing: count("disagreeing"),
  };
}

/**
 * The slice `by` places (1 or -1) from the one at `index` along the strip; the slice itself at the end. From one that
 * the filter leaves out, the next or the previous in the strip's order that it does not.
 */
export function stripNeighbour(
  slices: readonly StripSlice[],
  view: StripView,
  index: number,
  by: 1 | -1,
): number {
  const all = sorted(slices, view.order);
  for (let at = all.indexOf(index) + by; at >= 0 && at < all.length; at += by) {
    if (passes[view.filter](slices[all[at]!]!)) return all[at]!;
  }
  return index;
}

function sorted(slices: readonly StripSlice[], order: StripView["order"]): number[] {
  const rank = slices.map(ranks[order]);
  return slices.map((_, index) => index).sort((one, other) => rank[one]! - rank[other]! || one - other);
}
