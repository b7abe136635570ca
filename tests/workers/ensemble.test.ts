import { createHash, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { SnapshotSlice } from "@/lib/features/training/read-snapshot";
import { TrainingParameters } from "@/lib/features/training/schema";
import { FEATURE_LENGTH, type HeadWeights } from "@/lib/science/network/head";
import { decodeHeadArtifact } from "@/lib/science/network/head-artifact";
import { seededRandom } from "@/lib/science/training/random";
import { finishEnsemble } from "@/workers/finish-ensemble";
import { fitClassifier } from "@/workers/fit-classifier";
import { fitEnsembleHead } from "@/workers/fit-ensemble-head";
import type { Inference } from "@/workers/inference";
import { type EmbeddedSlices, labelledFeatures } from "@/workers/read-embedded";
import { loadHead, removeRunFiles, saveHead } from "@/workers/run-files";

/** Made-up features: a slice with tumor is a little brighter in each. No test slices, so no base is needed. */
function makeEmbedded(): EmbeddedSlices {
  const random = seededRandom(7);
  const slices = Array.from({ length: 36 }, (_, at) => ({
    sliceId: String(at),
    split: at < 24 ? "TRAIN" : "VALIDATION",
    truth: at % 2,
  })) as SnapshotSlice[];
  const features = new Float32Array(slices.length * FEATURE_LENGTH).map(
    (_, at) => random() + 0.1 * slices[Math.floor(at / FEATURE_LENGTH)]!.truth,
  );
  return { slices, features, maskLogits: new Float32Array(), gapLogits: new Float32Array() };
}

const seed = 11;
const parameters = TrainingParameters.parse({ maxEpochs: 2, batchSize: 8 });
const { signal } = new AbortController();
const embedded = makeEmbedded();
const fitOne = (headIndex: number) =>
  fitEnsembleHead({ embedded, headIndex, parameters, seed, signal, async onEpoch() {} });
const finish = (heads: Awaited<ReturnType<typeof fitOne>>[]) =>
  finishEnsemble({
    heads,
    embedded,
    parameters,
    runId: "run",
    inference: { baseSha256: "base" } as Inference,
    production: null,
    signal,
    async onEvaluate() {},
  });

/** A head's weights as a hash: two million numbers are slow to compare one by one. */
function bytesOf({ layers }: HeadWeights): string {
  const hash = createHash("sha256");
  for (const { kernel, bias } of layers) hash.update(kernel).update(bias);
  return hash.digest("hex");
}

describe("an ensemble", () => {
  it("of one head is the plain head, number by number", async () => {
    const { heads: _, ...options } = parameters;
    const plain = await fitClassifier({
      train: labelledFeatures(embedded, "TRAIN"),
      validation: labelledFeatures(embedded, "VALIDATION"),
      options: { ...options, seed, classWeights: null },
    });
    const made = await finish([await fitOne(0)]);
    expect(made).toMatchObject({ temperature: plain.temperature, threshold: plain.threshold, scored: null });
    expect(bytesOf(decodeHeadArtifact(made.artifact).head)).toBe(bytesOf(plain.head));
  });

  it("has heads that differ, and is the same when its heads were kept as files between", async () => {
    const heads = [await fitOne(0), await fitOne(1)];
    expect(bytesOf(heads[1]!.head)).not.toBe(bytesOf(heads[0]!.head));
    const runId = randomUUID();
    const kept = [];
    for (const [index, head] of heads.entries())
      kept.push(await loadHead(runId, await saveHead(runId, index, head)));
    expect(kept.map(({ facts }) => facts)).toEqual(heads.map(({ facts }) => facts));
    expect(kept.map(({ head }) => bytesOf(head))).toEqual(heads.map(({ head }) => bytesOf(head)));
    expect(Buffer.compare((await finish(kept)).artifact, (await finish(heads)).artifact)).toBe(0);
    const sha256 = await saveHead(runId, 0, heads[0]!);
    await removeRunFiles(runId);
    await expect(loadHead(runId, sha256)).rejects.toThrow("missing or damaged");
  });
});
