import { describe, expect, it } from "vitest";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { type FineTuneInput, fineTune } from "@/lib/science/training/fine-tune/fine-tune";
import type { FineTuneCheckpoint } from "@/lib/science/training/fine-tune/fine-tune-state";
import { tinyNetwork, tinySlices, tinyWeights } from "../../../support/tiny-network";

const { tf } = await pickBackend();
const input: FineTuneInput = {
  network: tinyNetwork(),
  weights: tinyWeights(),
  train: tinySlices(22, 1),
  validation: tinySlices(9, 2),
  options: { seed: 4, learningRate: 3e-3, warmUpSteps: 5, batchSize: 8, maxEpochs: 3 },
  slicesAtOnce: 4,
};
const running = /\/moving_(mean|variance)$/;

describe("fine-tuning", () => {
  it("lowers the validation loss of both tasks and says by how much", async () => {
    const before = tf.memory().numTensors;
    const losses: number[] = [];
    const fitted = await fineTune(tf, {
      ...input,
      options: { ...input.options, learningRate: 1e-2, maxEpochs: 10, patience: 10 },
      onEpoch: ({ validation }) => {
        losses.push(validation.loss);
      },
    });
    expect(fitted.bestEpoch).toBeGreaterThan(0);
    expect(fitted.best.loss).toBe(Math.min(...losses));
    expect(fitted.best.loss).toBeLessThan(0.8 * fitted.before.loss);
    expect(fitted.best.classLoss).toBeLessThan(fitted.before.classLoss);
    expect(fitted.best.maskLoss).toBeLessThan(fitted.before.maskLoss!);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("leaves every running statistic as it was, bit for bit, and moves all other weights", async () => {
    const { weights } = await fineTune(tf, { ...input, options: { ...input.options, maxEpochs: 1 } });
    expect([...weights.keys()]).toEqual([...input.weights.keys()]);
    for (const [name, { shape, values }] of weights) {
      const parent = input.weights.get(name)!;
      expect(shape).toEqual(parent.shape);
      if (running.test(name)) expect(values, name).toEqual(parent.values);
      else expect(values, name).not.toEqual(parent.values);
    }
  });

  it("leaves all but the last stage, the decoder and the class score as it was", async () => {
    const { weights } = await fineTune(tf, {
      ...input,
      network: tinyNetwork("last-stage"),
      options: { ...input.options, maxEpochs: 1 },
    });
    for (const [name, { values }] of weights) {
      const mayMove = /^(stage2|decoder|gap)/.test(name) && !running.test(name);
      if (mayMove) expect(values, name).not.toEqual(input.weights.get(name)!.values);
      else expect(values, name).toEqual(input.weights.get(name)!.values);
    }
  });

  it("interrupted at any step and resumed gives the numbers of an undisturbed run", async () => {
    const checkpoints: FineTuneCheckpoint[] = [];
    const undisturbed = await fineTune(tf, {
      ...input,
      onStep: async (_, checkpoint) => void checkpoints.push(await checkpoint()),
      onEpoch: async (_, checkpoint) => void checkpoints.push(await checkpoint()),
    });
    expect(checkpoints).toHaveLength(3 * (3 + 1));
    for (const resumeFrom of checkpoints) {
      const resumed = await fineTune(tf, { ...input, resumeFrom });
      expect(resumed.best).toEqual(undisturbed.best);
      expect(resumed.before).toEqual(undisturbed.before);
      expect([resumed.bestEpoch, resumed.epochs]).toEqual([undisturbed.bestEpoch, undisturbed.epochs]);
      for (const [name, { values }] of resumed.weights) {
        const expected = undisturbed.weights.get(name)!.values;
        const furthest = values.reduce(
          (most, value, at) => Math.max(most, Math.abs(value - expected[at]!)),
          0,
        );
        expect(furthest, name).toBeLessThanOrEqual(1e-6);
      }
    }
  });

  it("gives another run with another seed", async () => {
    const options = { ...input.options, maxEpochs: 1 };
    const one = await fineTune(tf, { ...input, options });
    const other = await fineTune(tf, { ...input, options: { ...options, seed: 5 } });
    expect(other.best.loss).not.toBe(one.best.loss);
  });

  it("gives the parent's weights back where no epoch is better than they are", async () => {
    const options = { ...input.options, learningRate: 5, warmUpSteps: 0, patience: 2 };
    const fitted = await fineTune(tf, { ...input, options });
    expect(fitted).toMatchObject({ bestEpoch: 0, epochs: 2 });
    expect(fitted.weights).toBe(input.weights);
    expect(fitted.best).toEqual(fitted.before);
  });

  it("stops before the next pass when it is cancelled, and leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const stop = new AbortController();
    let steps = 0;
    const cancelled = fineTune(tf, {
      ...input,
      signal: stop.signal,
      onStep: () => {
        if (++steps === 2) stop.abort(new Error("cancelled by its reader"));
      },
    });
    await expect(cancelled).rejects.toThrow("cancelled by its reader");
    expect(steps).toBe(2);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("refuses an empty set and a checkpoint of another part of the network", async () => {
    const nothing = { length: 0, slice: () => Promise.reject(new Error("nothing there")) };
    await expect(fineTune(tf, { ...input, train: nothing })).rejects.toThrow("no training slice");
    await expect(fineTune(tf, { ...input, validation: nothing })).rejects.toThrow("no validation slice");
    let resumeFrom: FineTuneCheckpoint = {};
    await fineTune(tf, {
      ...input,
      network: tinyNetwork("last-stage"),
      options: { ...input.options, maxEpochs: 1 },
      onEpoch: async (_, checkpoint) => {
        resumeFrom = await checkpoint();
      },
    });
    await expect(fineTune(tf, { ...input, resumeFrom })).rejects.toThrow("the checkpoint lacks weights/stem");
  });
});
