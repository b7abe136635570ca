import { unavailable } from "@/lib/platform/errors";
import { getObject } from "@/lib/platform/storage";
import type { HeadWeights } from "@/lib/science/network/head";
import { decodeHeadArtifact } from "@/lib/science/network/head-artifact";
import { calibratedP, tumorMargins } from "@/lib/science/training/calibrate";
import type { HeadSession, Inference } from "./inference";

/** A head with its calibration: from features to calibrated P(tumor). */
export interface Classifier {
  /** `features` `[N, 8192]` to calibrated P(tumor) `[N]`, 0 to 1. */
  predict(features: Float32Array): Promise<Float64Array>;
  close(): Promise<void>;
}

export async function openClassifier(
  inference: Inference,
  head: HeadWeights,
  temperature: number,
): Promise<Classifier> {
  const session: HeadSession = await inference.headSession(head);
  return {
    predict: async (features) =>
      calibratedP(tumorMargins(await session.predictLogits(features)), {
        method: "temperature",
        temperature,
      }),
    close: () => session.close(),
  };
}

/** A registered model, as far as it is needed to run it. */
export interface ModelOnBase {
  number: number;
  artifactSha256: string;
  baseSha256: string;
}

/** The classifier of a registered model. Throws as `readHead` does. */
export async function openModel(
  inference: Inference,
  model: ModelOnBase & { temperature: number },
): Promise<Classifier> {
  return openClassifier(inference, await readHead(inference, model), model.temperature);
}

/**
 * The head of a registered model, its artifact's hash checked. Throws `unavailable` in words where that is missing,
 * damaged, or stands on another base.
 */
export async function readHead(inference: Inference, model: ModelOnBase): Promise<HeadWeights> {
  if (model.baseSha256 !== inference.baseSha256) {
    throw unavailable(
      `Model ${model.number} stands on the base ${model.baseSha256.slice(0, 12)}, which is not installed`,
    );
  }
  try {
    return decodeHeadArtifact(await getObject(model.artifactSha256)).head;
  } catch {
    throw unavailable(
      `The file of model ${model.number} (${model.artifactSha256.slice(0, 12)}) is missing or damaged: put it back from a backup of the objects folder`,
    );
  }
}
