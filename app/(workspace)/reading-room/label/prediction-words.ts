import { perCent } from "@/app/_ui/label-words";
import type { PredictionView } from "@/lib/features/studies/schema";

/** P(tumor) this close to the cut-off is borderline: the other class is as likely. */
const borderline = 0.05;

type Said = Pick<PredictionView, "predictedClass" | "pTumor" | "threshold">;

/** What the model calls the slice, and whether P(tumor) is at the cut-off. */
export function predictionHeadline({ predictedClass, pTumor, threshold }: Said): {
  word: "Tumor" | "No tumor";
  isBorderline: boolean;
} {
  return {
    word: predictedClass === "TUMOR" ? "Tumor" : "No tumor",
    isBorderline: Math.abs(pTumor - threshold) < borderline,
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
