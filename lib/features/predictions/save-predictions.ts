import type { Transaction } from "@/lib/platform/database";

export interface NewPrediction {
  sliceId: string;
  /** Calibrated P(tumor), 0 to 1. */
  pTumor: number;
  /** Key of the proposed mask in the object store; null where empty or none is proposed. */
  maskSha256: string | null;
  /** Pixels of the proposed mask; null where the model's base proposes none. */
  areaPixels: number | null;
}

/**
 * Writes a model's predictions of slices. Safe to repeat: (slice, model) is unique, and what is there stays.
 * At and above `threshold` a slice is called tumor; the confidence is the probability of the class that was called.
 */
export async function savePredictions(
  db: Transaction,
  model: { id: string; threshold: number },
  predictions: NewPrediction[],
): Promise<void> {
  await db.prediction.createMany({
    skipDuplicates: true,
    data: predictions.map(({ sliceId, pTumor, maskSha256, areaPixels }) => {
      const tumor = pTumor >= model.threshold;
      return {
        sliceId,
        modelId: model.id,
        pTumor,
        predictedClass: tumor ? ("TUMOR" as const) : ("NO_TUMOR" as const),
        confidence: tumor ? pTumor : 1 - pTumor,
        maskSha256,
        areaPixels,
      };
    }),
  });
}
