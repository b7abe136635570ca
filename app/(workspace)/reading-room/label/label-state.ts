import { classWord, perCent } from "@/app/_ui/label-words";
import type { SliceView } from "@/lib/features/studies/schema";

/** Where a slice's label stands: by shape and word, never by colour alone. */
export type LabelState = "unlabelled" | "predicted" | "imported" | "corrected" | "agreed";

export const labelStateShapes: Record<LabelState | "flagged", string> = {
  unlabelled: "·",
  predicted: "◌",
  imported: "○",
  corrected: "✎",
  agreed: "✓",
  flagged: "⚑",
};

/** Of a slice with strokes that are not a label yet. */
export const drawnShape = "✎…";
export const drawnWords = "drawing not saved";

type Labelled = Pick<SliceView, "prediction" | "label" | "flags">;

/**
 * A person's label agrees where its class is the one the model predicts and it has no mask of the person's own; else it
 * is a correction.
 */
export function labelState({ prediction, label }: Labelled): LabelState {
  if (!label) return prediction ? "predicted" : "unlabelled";
  if (label.source === "IMPORTED") return "imported";
  const ownMask = label.source === "HUMAN" && label.hasMask;
  return prediction?.predictedClass === label.labelClass && !ownMask ? "agreed" : "corrected";
}

/** e.g. `Slice 12, P(tumor) 0.97, confidence 97 %, tumor labelled, flagged, imported`; `drawn` where strokes wait. */
export function sliceName(slice: Labelled & { position: number }, drawn = false): string {
  const { prediction, label, flags } = slice;
  const parts = [`Slice ${slice.position}`];
  if (prediction) {
    parts.push(`P(tumor) ${prediction.pTumor.toFixed(2)}`, `confidence ${perCent(prediction.confidence)}`);
  } else {
    parts.push("no prediction");
  }
  parts.push(label ? `${classWord(label.labelClass)} labelled` : "no label");
  if (flags.length > 0) parts.push("flagged");
  if (label) parts.push(labelState(slice));
  if (drawn) parts.push(drawnWords);
  return parts.join(", ");
}
