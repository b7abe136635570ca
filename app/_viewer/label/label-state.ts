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

type Labelled = Pick<SliceView, "prediction" | "label" | "flags">;

/** A person's label agrees where its class is the one the model predicts, and is a correction where it is not. */
export function labelState({ prediction, label }: Labelled): LabelState {
  if (!label) return prediction ? "predicted" : "unlabelled";
  if (label.source === "IMPORTED") return "imported";
  return prediction && prediction.predictedClass === label.labelClass ? "agreed" : "corrected";
}

const classWords = { TUMOR: "tumor", NO_TUMOR: "no tumor", CANNOT_TELL: "cannot tell" } as const;
const flagWords = {
  LOW_CONFIDENCE: "low confidence",
  MODEL_DISAGREES: "model and label disagree",
} as const;

export function classWord(labelClass: keyof typeof classWords): string {
  return classWords[labelClass];
}

export function flagWord(flag: keyof typeof flagWords): string {
  return flagWords[flag];
}

/** A probability as whole per cent; 100 % and 0 % are kept for certainty itself. */
export function perCent(probability: number): string {
  if (probability < 1 && probability > 0.995) return "> 99 %";
  if (probability > 0 && probability < 0.005) return "< 1 %";
  return `${Math.round(probability * 100)} %`;
}

/** Calibrated probability of the predicted class in a word. */
export function confidenceWord(confidence: number): "high" | "moderate" | "low" {
  if (confidence >= 0.9) return "high";
  return confidence >= 0.7 ? "moderate" : "low";
}

/** e.g. `Slice 12, P(tumor) 0.97, confidence 97 %, tumor labelled, flagged, imported` */
export function sliceName(slice: Labelled & { position: number }): string {
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
  return parts.join(", ");
}
