import { confidenceWord, perCent } from "@/app/_ui/label-words";
import type { PredictionView } from "@/lib/features/studies/schema";

/** P(tumor) this close to the cut-off is borderline: the other class is as likely. */
const borderline = 0.05;

type Said = Pick<PredictionView, "predictedClass" | "pTumor" | "threshold" | "confidence">;

/** What the model calls the slice. */
export function predictedWord({ predictedClass }: Pick<Said, "predictedClass">): "Tumor" | "No tumor" {
  return predictedClass === "TUMOR" ? "Tumor" : "No tumor";
}

/**
 * How sure the model is, e.g. `high confidence 97 %`. At the cut-off, and where the predicted class is the less likely
 * one of the two, a confidence would read as a mistake: then where P(tumor) lies, e.g. `42 %, just above the cut-off of
 * 37 %`.
 */
export function certaintyWords({ pTumor, threshold, confidence }: Said): {
  words: string;
  isBorderline: boolean;
} {
  const isBorderline = Math.abs(pTumor - threshold) < borderline;
  if (!isBorderline && confidence >= 0.5)
    return { words: `${confidenceWord(confidence)} confidence ${perCent(confidence)}`, isBorderline };
  const side = pTumor >= threshold ? "above" : "below";
  return {
    words: `${perCent(pTumor)}, ${isBorderline ? "just " : ""}${side} the cut-off of ${perCent(threshold)}`,
    isBorderline,
  };
}

/**
 * Where the image alone and the slice among its neighbours are called different classes, in a sentence; null where they
 * are not, or where the model looks at no neighbours.
 */
export function neighboursAgainst({
  pTumor,
  pTumorAlone,
  threshold,
}: Pick<PredictionView, "pTumor" | "pTumorAlone" | "threshold">): string | null {
  if (pTumorAlone === null || pTumorAlone >= threshold === pTumor >= threshold) return null;
  const alone = pTumorAlone >= threshold ? "tumor" : "no tumor";
  return `Image only: ${alone}, ${perCent(pTumorAlone)}; with adjacent slices ${perCent(pTumor)}.`;
}
