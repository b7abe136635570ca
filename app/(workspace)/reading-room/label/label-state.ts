import { classWord, perCent } from "@/app/_ui/label-words";
import type { SliceView } from "@/lib/features/studies/schema";

/** Where a slice's label stands: by shape and word, never by colour alone. */
export type LabelState = "unlabelled" | "predicted" | "imported" | "confirmed" | "agreed" | "changed";

export const labelStateShapes: Record<LabelState | "flagged", string> = {
  unlabelled: "·",
  predicted: "◌",
  imported: "○",
  confirmed: "●",
  agreed: "✓",
  changed: "✎",
  flagged: "⚑",
};

/** Of a slice with strokes that are not a label yet. */
export const drawnShape = "✎…";
export const drawnWords = "drawing not saved";

type Labelled = Pick<SliceView, "prediction" | "label" | "imported" | "flags">;

/**
 * A person's label agrees with the model where class and mask are both the model's. It confirms the import where both
 * are the import's. Any other is a change.
 */
export function labelState({ prediction, label, imported }: Labelled): LabelState {
  if (!label) return prediction ? "predicted" : "unlabelled";
  if (label.source === "IMPORTED") return "imported";
  if (prediction && saysTheSame(label, { ...prediction, labelClass: prediction.predictedClass }))
    return "agreed";
  return imported && saysTheSame(label, imported) ? "confirmed" : "changed";
}

/** A person has labelled the slice. */
export const isReviewed = ({ label }: Pick<SliceView, "label">): boolean =>
  label !== null && label.source !== "IMPORTED";

/** Slices that a person has labelled, and those where the label is neither the import's nor the model's. */
export function reviewCounts(slices: readonly Labelled[]): { reviewed: number; changed: number } {
  return {
    reviewed: slices.filter(isReviewed).length,
    changed: slices.filter((slice) => labelState(slice) === "changed").length,
  };
}

interface Said {
  labelClass: string;
  areaPixels: number | null;
  maskSha256: string | null;
}

function saysTheSame(one: Said, other: Said): boolean {
  return one.labelClass === other.labelClass && maskOf(one) === maskOf(other);
}

/** An empty mask is none, and no tumor has none. */
const maskOf = ({ labelClass, areaPixels, maskSha256 }: Said) =>
  labelClass === "TUMOR" && areaPixels ? maskSha256 : null;

/** e.g. `Slice 12, P(tumor) 0.97, confidence 97 %, tumor labelled, flagged, imported`; `drawn` where strokes wait. */
export function sliceName(
  slice: Labelled & Pick<SliceView, "position"> & Partial<Pick<SliceView, "predictionHidden">>,
  drawn = false,
): string {
  const { prediction, label, flags } = slice;
  const parts = [`Slice ${slice.position}`];
  if (prediction) {
    parts.push(`P(tumor) ${prediction.pTumor.toFixed(2)}`, `confidence ${perCent(prediction.confidence)}`);
  } else {
    parts.push(slice.predictionHidden ? "prediction hidden" : "no prediction");
  }
  parts.push(label ? `${classWord(label.labelClass)} labelled` : "no label");
  if (flags.length > 0) parts.push("flagged");
  if (label) parts.push(labelState(slice));
  if (drawn) parts.push(drawnWords);
  return parts.join(", ");
}
