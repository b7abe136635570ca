import { beforeAll, expect, test } from "vitest";
import { type PickedBackend, pickBackend } from "@/lib/engine/tensors/backend";
import { logLoss } from "@/lib/science/metrics/calibration";
import { rocAuc } from "@/lib/science/metrics/roc";
import type { HeadWeights } from "@/lib/science/network/head";
import { calibratedP, tumorMargins } from "@/lib/science/training/calibrate";
import { type EpochReport, type FitHeadInput, fitHead } from "@/lib/science/training/fit-head";
import type { HeadCheckpoint } from "@/lib/science/training/fit-state";
import { headLogits } from "@/lib/science/training/head-logits";
import { madeUpFeatures, smallHead } from "./small-head";

let tf: PickedBackend["tf"];
beforeAll(async () => {
  tf = (await pickBackend()).tf;
});

/** 100 slices in batches of 16, so that the last one is smaller. */
function problem(changes: Partial<FitHeadInput["options"]> = {}): FitHeadInput {
  return {
    train: madeUpFeatures(100, 12, 0.8, 1),
    validation: madeUpFeatures(60, 12, 0.8, 2),
    initial: smallHead([12, 16, 16, 2], 3),
    options: {
      seed: 5,
      learningRate: 3e-3,
      weightDecay: 1e-4,
      batchSize: 16,
      maxEpochs: 8,
      patience: 20,
      ...changes,
    },
  };
}

const plainP = async (head: HeadWeights, features: Float32Array) =>
  calibratedP(tumorMargins(await headLogits(tf, head, features)), { method: "temperature", temperature: 1 });

function expectSameHead(found: HeadWeights, wanted: HeadWeights) {
  for (const [index, layer] of wanted.layers.entries()) {
    for (const part of ["kernel", "bias"] as const) {
      for (const [place, value] of layer[part].entries()) {
        expect(Math.abs(found.layers[index]![part][place]! - value)).toBeLessThan(1e-6);
      }
    }
  }
}

test("a fit learns, reports each epoch, and leaves neither tensors nor changed first weights behind", async () => {
  const input = problem();
  const initial = smallHead([12, 16, 16, 2], 3);
  const reports: EpochReport[] = [];
  const before = tf.memory().numTensors;
  const fitted = await fitHead(tf, { ...input, onEpoch: (report) => void reports.push(report) });

  expect(tf.memory().numTensors).toBe(before);
  expect(input.initial).toEqual(initial);
  expect(reports.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(reports.at(-1)!.trainLoss).toBeLessThan(reports[0]!.trainLoss);
  expect(reports.every(({ durationMs }) => durationMs > 0)).toBe(true);

  const { features, truth } = input.validation;
  const p = await plainP(fitted.head, features);
  const best = reports[fitted.bestEpoch - 1]!;
  expect(best.isBest).toBe(true);
  expect(best.validationLoss).toBe(Math.min(...reports.map(({ validationLoss }) => validationLoss)));
  expect(logLoss(truth, p)).toBeCloseTo(best.validationLoss, 6);
  expect(rocAuc(truth, p)).toBeCloseTo(best.validationAuc!, 6);
  expect(best.validationAuc).toBeGreaterThan(0.85);
});

test("logits agree with a head worked out in plain arithmetic", async () => {
  const head: HeadWeights = {
    layers: [
      { kernel: Float32Array.of(1, -1, 2, 0.5), bias: Float32Array.of(0.5, 0) },
      { kernel: Float32Array.of(1, 0, 0, 3), bias: Float32Array.of(0, -1) },
    ],
  };
  // Row 1, 2: hidden 1 + 4 + 0.5, relu(-1 + 1). Row 0, 4: hidden 8.5, 2.
  const logits = await headLogits(tf, head, Float32Array.of(1, 2, 0, 4));
  expect([...logits]).toEqual([5.5, -1, 8.5, 5]);
  await expect(headLogits(tf, head, new Float32Array(3))).rejects.toThrow("no whole number of rows");
});

test("the same seed gives the same numbers, another seed others", async () => {
  const first = await fitHead(tf, problem());
  const again = await fitHead(tf, problem());
  const other = await fitHead(tf, problem({ seed: 6 }));
  expect(again.head).toEqual(first.head);
  expect(other.head).not.toEqual(first.head);
});

test("an interrupted fit goes on from its checkpoint to the same numbers", async () => {
  const undisturbed: EpochReport[] = [];
  const wanted = await fitHead(tf, { ...problem(), onEpoch: (report) => void undisturbed.push(report) });

  const interruption = new AbortController();
  let saved: HeadCheckpoint | undefined;
  const interrupted = fitHead(tf, {
    ...problem(),
    signal: interruption.signal,
    onEpoch: ({ epoch }, checkpoint) => {
      if (epoch === 3) saved = checkpoint();
      // In the middle of the epoch after the checkpoint.
      if (epoch === 3) setImmediate(() => setImmediate(() => interruption.abort(new Error("worker killed"))));
    },
  });
  await expect(interrupted).rejects.toThrow("worker killed");
  expect(saved!.progress![0]).toBe(3);

  const resumed: EpochReport[] = [];
  const found = await fitHead(tf, {
    ...problem(),
    resumeFrom: saved,
    onEpoch: (report) => void resumed.push(report),
  });
  expect(resumed.map(({ epoch }) => epoch)).toEqual([4, 5, 6, 7, 8]);
  for (const report of resumed) {
    const same = undisturbed[report.epoch - 1]!;
    expect(report.trainLoss).toBeCloseTo(same.trainLoss, 6);
    expect(report.validationLoss).toBeCloseTo(same.validationLoss, 6);
  }
  expect(found.bestEpoch).toBe(wanted.bestEpoch);
  expectSameHead(found.head, wanted.head);
});

test("a checkpoint of a finished fit gives its head without another epoch", async () => {
  let saved: HeadCheckpoint | undefined;
  const wanted = await fitHead(tf, {
    ...problem({ maxEpochs: 3 }),
    onEpoch: (_report, checkpoint) => {
      saved = checkpoint();
    },
  });
  const found = await fitHead(tf, {
    ...problem({ maxEpochs: 3 }),
    resumeFrom: saved,
    onEpoch: () => expect.unreachable("no epoch is left"),
  });
  expect(found).toEqual(wanted);
});

test("a fit stops after `patience` epochs without a better validation loss and keeps the best", async () => {
  const input = problem({ maxEpochs: 200, patience: 4, learningRate: 2e-2, dropout: 0 });
  const reports: EpochReport[] = [];
  const noise = {
    ...input,
    train: madeUpFeatures(60, 12, 0, 8),
    validation: madeUpFeatures(60, 12, 0, 9),
    onEpoch: (report: EpochReport) => void reports.push(report),
  };
  const fitted = await fitHead(tf, noise);
  expect(fitted.epochs).toBe(fitted.bestEpoch + 4);
  expect(fitted.epochs).toBeLessThan(200);
  expect(reports.at(-1)!.validationLoss).toBeGreaterThan(fitted.validationLoss);
  const p = await plainP(fitted.head, noise.validation.features);
  expect(logLoss(noise.validation.truth, p)).toBeCloseTo(fitted.validationLoss, 6);
});

test("class weights move predictions towards the heavier class", async () => {
  const input = problem();
  const meanP = async (classWeights: [number, number]) => {
    const { head } = await fitHead(tf, {
      ...input,
      options: { ...input.options, classWeights, maxEpochs: 4 },
    });
    const p = await plainP(head, input.validation.features);
    return p.reduce((sum, value) => sum + value, 0) / p.length;
  };
  expect(await meanP([1, 10])).toBeGreaterThan((await meanP([1, 1])) + 0.05);
});

test("timers run while a fit is under way, and an abort ends it without a tensor left", async () => {
  const before = tf.memory().numTensors;
  const stop = new AbortController();
  let beats = 0;
  const heartbeat = setInterval(() => {
    beats++;
    if (beats === 3) stop.abort(new Error("cancelled by a person"));
  }, 1);
  try {
    const endless = fitHead(tf, {
      ...problem({ maxEpochs: 100_000, patience: 100_000 }),
      signal: stop.signal,
    });
    await expect(endless).rejects.toThrow("cancelled by a person");
  } finally {
    clearInterval(heartbeat);
  }
  expect(beats).toBeGreaterThanOrEqual(3);
  expect(tf.memory().numTensors).toBe(before);
});

test("data, checkpoints and rates that cannot work are refused in words", async () => {
  const empty = { features: new Float32Array(0), truth: new Uint8Array(0) };
  await expect(fitHead(tf, { ...problem(), train: empty })).rejects.toThrow("no training slice");
  await expect(fitHead(tf, { ...problem(), validation: empty })).rejects.toThrow("no validation slice");
  const narrow = madeUpFeatures(10, 11, 1, 1);
  await expect(fitHead(tf, { ...problem(), train: narrow })).rejects.toThrow("are not 10 rows of 12");
  await expect(fitHead(tf, { ...problem(), resumeFrom: {} })).rejects.toThrow("the checkpoint lacks");
  const other = { "head/0/kernel": new Float32Array(5) };
  await expect(fitHead(tf, { ...problem(), resumeFrom: other })).rejects.toThrow("holds 5 values, not 192");
  const poisoned = madeUpFeatures(10, 12, 1, 1);
  poisoned.features[0] = Number.NaN;
  await expect(fitHead(tf, { ...problem(), train: poisoned })).rejects.toThrow("no longer a number");
});
