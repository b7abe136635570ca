import type { LabelView, SliceView } from "@/lib/features/studies/schema";

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

const classWords = { TUMOR: "tumor", NO_TUMOR: "no tumor", CANNOT_TELL: "cannot tell" } as const;
const flagWords = {
  LOW_CONFIDENCE: "low confidence",
  MODEL_DISAGREES: "model and label disagree",
} as const;

const reasonWords = {
  MISSED_LESION: "missed lesion",
  NOT_TUMOR: "not tumor",
  BORDER: "border",
  PARTIAL_VOLUME: "partial volume",
  ARTEFACT: "artefact",
  MISSING_SEQUENCE: "missing sequence",
  TREATMENT_CHANGE: "treatment change",
  OTHER: "other",
} as const;

export function classWord(labelClass: keyof typeof classWords): string {
  return classWords[labelClass];
}

export function flagWord(flag: keyof typeof flagWords): string {
  return flagWords[flag];
}

/** Why a label was given. */
export function reasonWord(reason: keyof typeof reasonWords): string {
  return reasonWords[reason];
}

/** Who stated a label, e.g. `imported`, `A. Reader`, `model 7, accepted by A. Reader` */
export function sourceWords({
  source,
  authorName,
  modelNumber,
}: Pick<LabelView, "source" | "authorName" | "modelNumber">): string {
  if (source === "IMPORTED") return "imported";
  const author = authorName ?? "unknown";
  return source === "MODEL" ? `model ${modelNumber ?? "unknown"}, accepted by ${author}` : author;
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
