import { getObject } from "@/lib/platform/storage";
import { decodeHeadArtifact } from "@/lib/science/network/head-artifact";
import type { HeadWeights } from "@/lib/science/network/head";
import type { HeadSession, Inference } from "./inference";

/** A head with its calibration: from features to calibrated P(tumor). */
export interface Classifier {
  /** `features` `[N, 8192]` to calibrated P(tumor) `[N]`, 0 to 1. */
  predict(features: Float32Array): Promise<Float64Array>;
  close(): Promise<void>;
}

/** Calibrated P(tumor) of logits `[N, 2]`: softmax of logits / temperature (Guo et al. 2017). */
export function calibratedProbabilities(logits: Float32Array, temperature: number): Float64Array {
  const probabilities = new Float64Array(logits.length / 2);
  for (let index = 0; index < probabilities.length; index++) {
    const margin = (logits[index * 2 + 1]! - logits[index * 2]!) / temperature;
    probabilities[index] = 1 / (1 + Math.exp(-margin));
  }
  return probabilities;
}

export async function openClassifier(
  inference: Inference,
  head: HeadWeights,
  temperature: number,
): Promise<Classifier> {
  const session: HeadSession = await inference.headSession(head);
  return {
    predict: async (features) => calibratedProbabilities(await session.predictLogits(features), temperature),
    close: () => session.close(),
  };
}

/** The classifier of a registered model. Throws where its artifact is missing, damaged, or stands on another base. */
export async function openModel(
  inference: Inference,
  model: { number: number; artifactSha256: string; baseSha256: string; temperature: number },
): Promise<Classifier> {
  if (model.baseSha256 !== inference.baseSha256) {
    throw new Error(`model ${model.number} stands on the base ${model.baseSha256}, which is not installed`);
  }
  const { head } = decodeHeadArtifact(await getObject(model.artifactSha256));
  return openClassifier(inference, head, model.temperature);
}
