import type { LabelReason } from "@/lib/features/labels/schema";
import type { LabelView } from "@/lib/records/label-view";
import { reviewBelow } from "@/lib/records/review-level";

const classWords = {
  TUMOR: "tumor",
  NO_TUMOR: "no tumor",
  CANNOT_TELL: "unsure",
  WITHDRAWN: "no label",
} as const;
const flagWords = {
  LOW_CONFIDENCE: "low confidence",
  MODEL_DISAGREES: "model and label disagree",
  NEIGHBOURS_DISAGREE: "image and adjacent slices disagree",
} as const;

const reasonWords = {
  MISSED_LESION: "missed lesion",
  NOT_TUMOR: "not tumor",
  BORDER: "border",
  PARTIAL_VOLUME: "partial volume",
  ARTEFACT: "motion or artifact",
  MISSING_SEQUENCE: "sequence missing",
  TREATMENT_CHANGE: "treatment change",
  OTHER_DISEASE: "other disease",
  CUT_OFF: "outside the picture",
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

/** Why a reader is unsure. */
export const unsureReasons = [
  "PARTIAL_VOLUME",
  "ARTEFACT",
  "MISSING_SEQUENCE",
  "TREATMENT_CHANGE",
  "OTHER_DISEASE",
  "CUT_OFF",
  "OTHER",
] as const satisfies readonly LabelReason[];

/** Why a label was given. */
export function reasonWord(reason: keyof typeof reasonWords): string {
  return reasonWords[reason];
}

/** What a label says, e.g. `tumor, mask 1,112 px`, `no tumor` */
export function statementWords({
  labelClass,
  areaPixels,
}: Pick<LabelView, "labelClass" | "areaPixels">): string {
  return `${classWord(labelClass)}${areaPixels ? `, mask ${areaPixels.toLocaleString("en")} px` : ""}`;
}

/** What a mask stems from, e.g. `imported`, `from model 7`; empty where it is not known. */
export function originWords(origin: LabelView["maskOrigin"]): string {
  if (!origin) return "";
  if (origin.kind === "MODEL") return `from model ${origin.modelNumber ?? "unknown"}`;
  return origin.kind === "IMPORT" ? "imported" : "drawn by a person";
}

/** Who stated a label, e.g. `imported`, `A. Reader`, `model 7, used by A. Reader` */
export function sourceWords({
  source,
  authorName,
  modelNumber,
}: Pick<LabelView, "source" | "authorName" | "modelNumber">): string {
  if (source === "IMPORTED") return "imported";
  const author = authorName ?? "unknown";
  return source === "MODEL" ? `model ${modelNumber ?? "unknown"}, used by ${author}` : author;
}

/** A probability as whole per cent; 100 % and 0 % are kept for certainty itself. */
export function perCent(probability: number): string {
  if (probability < 1 && probability > 0.995) return "> 99 %";
  if (probability > 0 && probability < 0.005) return "< 1 %";
  return `${Math.round(probability * 100)} %`;
}

/**
 * Calibrated probability of the predicted class in a word, on cards, flags and lists alike. Low is what is
 * flagged.
 */
export function confidenceWord(confidence: number): "high" | "moderate" | "low" {
  if (confidence >= 0.9) return "high";
  return confidence >= reviewBelow ? "moderate" : "low";
}
