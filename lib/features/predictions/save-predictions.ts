import type { Transaction } from "@/lib/platform/database";

export interface NewPrediction {
  sliceId: string;
  /** Calibrated P(tumor), 0 to 1. */
  pTumor: number;
  /** The same, had the study no other slice; null for a model that looks at no neighbours. */
  pTumorAlone: number | null;
  /** Standard deviation over the model's heads of what each makes of the slice; null for one head. */
  headSpread: number | null;
  /** Key of the proposed mask in the object store; null where empty or none is proposed. */
  maskSha256: string | null;
  /** Pixels of the proposed mask; null where the model's base proposes none. */
  areaPixels: number | null;
}

/**
 * Writes a model's predictions of slices, in the place of earlier ones: a slice that comes into a study later changes
 * what is said of its neighbours. Safe to repeat: the same model and slices give the same predictions.
 * At and above `threshold` a slice is called tumor; the confidence is the probability of the class that was called.
 */
export async function savePredictions(
  db: Transaction,
  model: { id: string; threshold: number },
  predictions: NewPrediction[],
): Promise<void> {
  const sliceIds = predictions.map(({ sliceId }) => sliceId);
  await db.prediction.deleteMany({ where: { modelId: model.id, sliceId: { in: sliceIds } } });
  await db.prediction.createMany({
    skipDuplicates: true,
    data: predictions.map(({ sliceId, pTumor, pTumorAlone, headSpread, maskSha256, areaPixels }) => {
      const tumor = pTumor >= model.threshold;
      return {
        sliceId,
        modelId: model.id,
        pTumor,
        pTumorAlone,
        headSpread,
        predictedClass: tumor ? ("TUMOR" as const) : ("NO_TUMOR" as const),
        confidence: tumor ? pTumor : 1 - pTumor,
        maskSha256,
        areaPixels,
      };
    }),
  });
}
