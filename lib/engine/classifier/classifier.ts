import { unavailable } from "@/lib/platform/errors";
import { getObject } from "@/lib/platform/storage";
import { type ClassifierWeights, decodeClassifier } from "@/lib/science/network/classifier-artifact";
import { FEATURE_LENGTH } from "@/lib/science/network/head";
import { evidenceNames, studyEvidence } from "@/lib/science/network/study-evidence";
import { calibratedP, tumorMargins, UNCALIBRATED } from "@/lib/science/training/calibrate";
import { logisticMargins } from "@/lib/science/training/fit-logistic";
import type { SliceEmbedding } from "../embedding/embed-slices";
import type { HeadSession, Inference } from "../inference/inference";
import { outputOf } from "./cross-fit";

/** A slice of a study, embedded on the classifier's base. */
export interface StudySlice {
  position: number;
  embedding: SliceEmbedding;
}

/** What a classifier says of a slice. */
export interface SliceVerdict {
  /** Calibrated P(tumor), 0 to 1. */
  pTumor: number;
  /** The same, had the study no other slice; null for a classifier that looks at no neighbours. */
  pTumorAlone: number | null;
  /** Standard deviation over the heads of what each alone makes of this slice, 0 to 0.5; null for one head. */
  headSpread: number | null;
}

/** A model made ready: from a study's embedded slices to P(tumor) of each. */
export interface Classifier {
  /**
   * `slices` are those of one study, all of them: each is judged with its neighbours. Verdicts come in their order.
   * The numbers of one study do not depend on others.
   */
  predictStudy(slices: readonly StudySlice[]): Promise<SliceVerdict[]>;
  close(): Promise<void>;
}

/**
 * `temperature` divides the margins before they become P(tumor): models of a single head have one, stacking needs none.
 * Throws where the stacking asks for what the base does not give.
 */
export async function openClassifier(
  inference: Inference,
  { heads, stacking }: ClassifierWeights,
  temperature: number = UNCALIBRATED.temperature,
): Promise<Classifier> {
  const sessions: HeadSession[] = [];
  for (const head of heads) sessions.push(await inference.headSession(head));
  const toP = (margins: ArrayLike<number>) => calibratedP(margins, { method: "temperature", temperature });
  return {
    async predictStudy(slices) {
      const byHead: Float64Array[] = [];
      const features = featureRows(slices);
      for (const session of sessions) byHead.push(tumorMargins(await session.predictLogits(features)));
      const means = slices.map(
        (_, index) => byHead.reduce((sum, margins) => sum + margins[index]!, 0) / byHead.length,
      );
      const spread = (index: number) => (byHead.length < 2 ? null : deviation(byHead, index));
      if (!stacking)
        return [...toP(means)].map((pTumor, index) => ({
          pTumor,
          pTumorAlone: null,
          headSpread: spread(index),
        }));

      const outputs = slices.map((slice, index) => outputOf(slice, means[index]!));
      if (outputs.some((output) => namesOf(output) !== stacking.names.join(" ")))
        throw new Error("the model stacks what its base does not give");
      const together = toP(logisticMargins(studyEvidence(outputs), stacking));
      return outputs.map((output, index) => ({
        pTumor: together[index]!,
        pTumorAlone: toP(logisticMargins(studyEvidence([output]), stacking))[0]!,
        headSpread: spread(index),
      }));
    },
    async close() {
      for (const session of sessions) await session.close();
    },
  };
}

/** A registered model, as far as it is needed to run it. */
export interface ModelOnBase {
  number: number;
  artifactSha256: string;
  baseSha256: string;
}

/** The classifier of a registered model. Throws as `readClassifier` does. */
export async function openModel(
  inference: Inference,
  model: ModelOnBase & { temperature: number },
): Promise<Classifier> {
  return openClassifier(inference, await readClassifier(inference, model), model.temperature);
}

/**
 * The weights of a registered model, its artifact's hash checked. Throws `unavailable` where that is missing,
 * damaged, or stands on another base.
 */
export async function readClassifier(inference: Inference, model: ModelOnBase): Promise<ClassifierWeights> {
  if (model.baseSha256 !== inference.baseSha256) {
    throw unavailable({ code: "base-of-model-missing", number: model.number, base: model.baseSha256 });
  }
  try {
    return decodeClassifier(await getObject(model.artifactSha256));
  } catch {
    throw unavailable({
      code: "artifact-damaged",
      number: model.number,
      artifact: model.artifactSha256,
    });
  }
}

function namesOf({ gapLogit, maskLogits }: { gapLogit: number | null; maskLogits: Float32Array | null }) {
  return evidenceNames({ hasGap: gapLogit !== null, hasMask: maskLogits !== null }).join(" ");
}

function featureRows(slices: readonly StudySlice[]): Float32Array {
  const features = new Float32Array(slices.length * FEATURE_LENGTH);
  for (const [row, { embedding }] of slices.entries()) features.set(embedding.features, row * FEATURE_LENGTH);
  return features;
}

/** Of the heads' own probabilities of one slice. */
function deviation(byHead: readonly Float64Array[], index: number): number {
  const values = byHead.map((margins) => calibratedP([margins[index]!], UNCALIBRATED)[0]!);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
