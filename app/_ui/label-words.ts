import type { LabelReason } from "@/lib/features/labels/schema";
import type { LabelView } from "@/lib/records/label-view";

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
} as const satisfies Record<LabelReason, string>;

export function classWord(labelClass: keyof typeof classWords): string {
  return classWords[labelClass];
}

export function flagWord(flag: keyof typeof flagWords): string {
  return flagWords[flag];
}

/** Every reason, as choices list them. The schema's own list would bring the whole of its checks into the page. */
export const labelReasons = Object.keys(reasonWords) as readonly LabelReason[];

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
