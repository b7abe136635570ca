import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { basePath } from "@/lib/engine/bases/base-network";
import { type FineTuneBackboneInput, fineTuneBackbone } from "@/lib/engine/fine-tune/fine-tune-backbone";
import { runsOnCpu } from "@/lib/engine/fine-tune/fine-tune-cost";
import { openInference } from "@/lib/engine/inference/inference";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { makePhantomPatient } from "@/lib/science/imaging/phantom";
import { readSafetensors, writeSafetensors } from "@/lib/science/network/safetensors";
import type { FineTuneCheckpoint } from "@/lib/science/training/fine-tune/fine-tune-state";
import type { FineTuneSet } from "@/lib/science/training/fine-tune/prepare-batch";
import { FINE_TUNE_DEFAULTS } from "@/lib/science/training/fitting-options";

const { name } = await pickBackend();
const onCpu = runsOnCpu(name);
const parent = await readFile(basePath);

/** Slices of a phantom patient, from the middle, with their masks. */
function phantomSlices(patient: number, count: number): FineTuneSet {
  const { slices } = makePhantomPatient(3, patient);
  const chosen = Array.from({ length: count }, (_, index) => slices[5 + 4 * index]!);
  return {
    length: count,
    slice: async (index) => {
      const { image, mask, lesionAreaPixels } = chosen[index]!;
      return { pixels: image, mask, truth: lesionAreaPixels > 0 ? 1 : 0 };
    },
  };
}

const input: FineTuneBackboneInput = {
  parent,
  scope: "last-stage",
  options: {
    ...FINE_TUNE_DEFAULTS,
    seed: 1,
    learningRate: 1e-4,
    warmUpSteps: 0,
    batchSize: 1,
    maxEpochs: 1,
  },
  train: phantomSlices(0, 2),
  validation: phantomSlices(1, 2),
  force: true,
};

describe("fine-tuning the shipped base", { timeout: 400_000 }, () => {
  if (!onCpu) console.warn(`skipped in part: the backend here is ${name}, which refuses nothing`);

  it.skipIf(!onCpu)("is refused on a processor, with what it would take", async () => {
    const options = { ...input.options, maxEpochs: 20 };
    const one = { ...input.train, length: 1 };
    await expect(fineTuneBackbone({ ...input, train: one, options, force: false })).rejects.toMatchObject({
      kind: "unavailable",
      said: {
        code: "fine-tuning-needs-gpu",
        scope: input.scope,
        seconds: expect.any(Number),
        ...{ trainingSlices: 1, validationSlices: 2, maxEpochs: 20 },
      },
    });
  });

  it("makes a base of the parent's names and types, which runs as the figures say", async () => {
    const checkpoints: FineTuneCheckpoint[] = [];
    const steps: number[] = [];
    const result = await fineTuneBackbone({
      ...input,
      onStep: ({ slicesDone, slicesPerSecond }) => {
        steps.push(slicesDone);
        expect(slicesPerSecond).toBeGreaterThan(0);
      },
      saveCheckpoint: async (checkpoint) => void checkpoints.push(checkpoint),
    });
    expect(steps).toEqual([1, 2]);
    expect(result).toMatchObject({ bestEpoch: 1, epochs: 1, backend: { name } });
    expect(result.after.loss).toBeLessThan(result.before.loss);
    expect(result.file!.sha256).toBe(createHash("sha256").update(result.file!.bytes).digest("hex"));

    const before = readSafetensors(parent);
    const after = readSafetensors(result.file!.bytes);
    expect(after.metadata).toEqual(before.metadata);
    expect([...after.tensors.keys()]).toEqual([...before.tensors.keys()]);
    for (const [weight, { dtype, shape, values }] of after.tensors) {
      const old = before.tensors.get(weight)!;
      expect({ dtype, shape }, weight).toEqual({ dtype: old.dtype, shape: old.shape });
      const learns = /^(conv5_|decoder\/|gap\/)/.test(weight) && !/\/moving_/.test(weight);
      expect(Buffer.from(values.buffer).equals(Buffer.from(old.values.buffer)), weight).toBe(!learns);
    }

    // The file, run by ONNX Runtime, has the class loss that was reported.
    const folder = await mkdtemp(path.join(os.tmpdir(), "sulcus-fine-tuned-"));
    await writeFile(path.join(folder, "base.safetensors"), result.file!.bytes);
    const inference = await openInference({
      basePath: path.join(folder, "base.safetensors"),
      cacheFolder: folder,
    });
    expect(inference.baseSha256).toBe(result.file!.sha256);
    let loss = 0;
    for (let index = 0; index < 2; index++) {
      const { pixels, truth } = await input.validation.slice(index);
      const { gapLogits } = await inference.embed(pixels);
      loss += Math.log1p(Math.exp(truth ? -gapLogits![0]! : gapLogits![0]!)) / 2;
    }
    expect(loss).toBeCloseTo(result.after.classLoss, 4);
    await inference.close();
    await rm(folder, { recursive: true });

    // Interrupted before its end and resumed it is the same file.
    expect(checkpoints).toHaveLength(1);
    const again = await fineTuneBackbone({ ...input, resumeFrom: checkpoints[0] });
    expect(again.file!.sha256).toBe(result.file!.sha256);
  });

  it("stops before the next pass when it is cancelled", async () => {
    const stop = new AbortController();
    stop.abort(new Error("cancelled by its reader"));
    await expect(fineTuneBackbone({ ...input, signal: stop.signal })).rejects.toThrow(
      "cancelled by its reader",
    );
  });

  it("is refused for a base without a mask decoder", async () => {
    const { tensors } = readSafetensors(parent);
    const bare = new Map([...tensors].filter(([weight]) => !/^(decoder|gap)/.test(weight)));
    await expect(fineTuneBackbone({ ...input, parent: writeSafetensors(bare) })).rejects.toMatchObject({
      said: { code: "base-proposes-no-masks" },
    });
  });
});
