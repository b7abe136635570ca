import type { SliceView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";
import { compareMasks } from "@/lib/science/metrics/compare-masks";
import { spacingOf } from "../label/area-words";

/** One side of a comparison: a label's mask (null: the label has none, which is an empty one), or pixels at hand. */
export type ComparedMask = { labelId: string | null } | { mask: Uint8Array };

/** How a slice's later mask differs from its earlier one. Distances are in mm where the spacing is known, else in pixels. */
export type SliceComparison = ReturnType<typeof compareMasks> & {
  sliceId: string;
  rows: number;
  columns: number;
  /** Pixels in both, 0 or 1. */
  shared: Uint8Array;
};

/** What a comparison must know of its slice. */
export type ComparedSlice = Pick<SliceView, "id" | "rows" | "columns" | "rowSpacingMm" | "columnSpacingMm">;

export function maskOfLabel({ id, maskSha256 }: Pick<LabelView, "id" | "maskSha256">): ComparedMask {
  return { labelId: maskSha256 ? id : null };
}

/** Compares two masks of a slice, each `[rows, columns]`. */
export function compareOnSlice(
  slice: ComparedSlice,
  earlier: Uint8Array,
  later: Uint8Array,
): SliceComparison {
  const { id: sliceId, rows, columns } = slice;
  const comparison = compareMasks(earlier, later, { rows, columns }, spacingOf(slice) ?? undefined);
  const shared = later.map((tumor, pixel) => (tumor !== 0 && comparison.added[pixel] === 0 ? 1 : 0));
  return { ...comparison, sliceId, rows, columns, shared };
}

/** Between two versions; the later one need not be the newer. */
export interface ComparedLabels {
  from: LabelView;
  to: LabelView;
}

/** What is compared first: the two newest versions. Null where there are not two. */
export function newestPair(labels: readonly LabelView[]): ComparedLabels | null {
  const [to, from] = labels;
  return from && to ? { from, to } : null;
}

/** The pair after one side was chosen; choosing the other side's version swaps the two. */
export function pairWith(pair: ComparedLabels, side: "from" | "to", chosen: LabelView): ComparedLabels {
  const other = side === "from" ? "to" : "from";
  if (pair[other].id === chosen.id) return { from: pair.to, to: pair.from };
  return { ...pair, [side]: chosen };
}
