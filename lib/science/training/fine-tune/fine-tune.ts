import type * as tfjs from "@tensorflow/tfjs";
import type { Weights } from "../../network/weights";
import { adamTensorStep } from "../adam-on-tensors";
import { FINE_TUNE_DEFAULTS, type FineTuneOptions } from "../fitting-options";
import { seededRandom, seedOf, shuffle } from "../random";
import { batchGradients, type RunnableNetwork } from "./batch-gradients";
import {
  beginState,
  disposeState,
  type FineTuneCheckpoint,
  type FineTuneState,
  resumeState,
  toCheckpoint,
  type ValidationFigures,
} from "./fine-tune-state";
import { type FineTuneNetwork, networkParts } from "./network-parts";
import { type FineTuneSet, prepareBatch } from "./prepare-batch";
import { validateNetwork } from "./validate-network";

export interface FineTuneStep {
  /** 1 for the first. */
  epoch: number;
  /** Training slices of this epoch that are done, and in all. */
  slicesDone: number;
  slices: number;
  /** Optimizer steps, over all epochs. */
  step: number;
  /** Slices of this step. */
  batch: number;
  /** Of this batch. */
  classLoss: number;
  maskLoss: number;
}

export interface FineTuneEpoch {
  /** 1 for the first. */
  epoch: number;
  /** Over the epoch's batches, with augmentation: class loss plus the mask's weight times the mask loss. */
  trainLoss: number;
  validation: ValidationFigures;
  durationMs: number;
  /** Whether this epoch has the least validation loss so far, the parent's included. */
  isBest: boolean;
}

export interface FineTuneInput {
  network: FineTuneNetwork;
  /** The parent's; they stay as they are. */
  weights: Weights;
  train: FineTuneSet;
  validation: FineTuneSet;
  options: Pick<FineTuneOptions, "seed"> & Partial<FineTuneOptions>;
  /** Slices in one pass through the network: bounds the memory and changes no number but by rounding. */
  slicesAtOnce: number;
  /** Of an interrupted fine-tuning with the same input: goes on to the same numbers. */
  resumeFrom?: FineTuneCheckpoint;
  /** Looked at before each pass through the network; the promise then rejects with its reason. */
  signal?: AbortSignal;
  /** Called, and awaited, when the parent's weights have been validated. */
  onBefore?: (figures: ValidationFigures) => void | Promise<void>;
  /** Called, and awaited, after each step. `checkpoint` reads the whole state, four times the learning weights. */
  onStep?: (step: FineTuneStep, checkpoint: () => Promise<FineTuneCheckpoint>) => void | Promise<void>;
  /** Called, and awaited, after each epoch. */
  onEpoch?: (report: FineTuneEpoch, checkpoint: () => Promise<FineTuneCheckpoint>) => void | Promise<void>;
}

export interface FineTuned {
  /** All of the network's, those that did not learn being the parent's own arrays. */
  weights: Weights;
  /** 0 where no epoch was better than the parent: `weights` are then the parent's. */
  bestEpoch: number;
  /** Epochs done, those before a resume included. */
  epochs: number;
  before: ValidationFigures;
  /** Of `weights`. */
  best: ValidationFigures;
}

/**
 * Fine-tunes a base network on labelled slices for both of its tasks, class and mask, so that its features, its class
 * score and its proposed masks go on fitting each other. Adam, early stopping on validation loss, best epoch kept; the
 * parent counts as epoch 0, so what comes out is never worse on the validation slices than what went in.
 *
 * Batch normalization keeps its running statistics, bit for bit: they are constants here, never recomputed from
 * batches (tfjs' own frozen layers would move them in training). Gamma and beta learn with the convolutions.
 *
 * The same input gives the same numbers on the same backend, interrupted at whatever step or not: order and
 * augmentation follow from seed, epoch and slice alone, and the optimizer's state is part of the checkpoint. The
 * backend must be ready. No tensor is left behind, whatever happens.
 *
 * Throws a `RangeError` for an empty set, a checkpoint of another network, and a loss that is no longer a number.
 */
export async function fineTune(tf: typeof tfjs, input: FineTuneInput): Promise<FineTuned> {
  const { network, weights, train, validation, resumeFrom, slicesAtOnce, signal } = input;
  const options: FineTuneOptions = { ...FINE_TUNE_DEFAULTS, ...input.options };
  if (train.length === 0) throw new RangeError("no training slice");
  if (validation.length === 0) throw new RangeError("no validation slice");
  const parts = networkParts(network);
  const learns = new Set(parts.learningWeights);
  const state = resumeFrom
    ? resumeState(tf, weights, parts.learningWeights, resumeFrom)
    : beginState(tf, weights, parts.learningWeights);
  const fixed = new Map(
    [...weights]
      .filter(([name]) => !learns.has(name))
      .map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
  );
  const runnable: RunnableNetwork = {
    ...network,
    parts,
    weightOf: (name) => {
      const tensor = state.learning.get(name)?.value ?? fixed.get(name);
      if (!tensor) throw new Error(`The weight ${name} is missing`);
      return tensor;
    },
  };
  const passes = { maskWeight: options.maskWeight, slicesAtOnce, signal };
  const checkpoint = () => toCheckpoint(state);

  try {
    if (state.epoch === 0) {
      state.before = toSingle(await validateNetwork(tf, runnable, validation, passes));
      state.bestFigures = state.before;
      state.epoch = 1;
      await input.onBefore?.(state.before);
    }
    while (state.epoch <= options.maxEpochs && state.epoch - 1 - state.bestEpoch < options.patience) {
      const begunAt = tf.util.now();
      await finishEpoch(tf, runnable, state, train, options, passes, input.onStep);
      const trainLoss =
        state.classLossSum / train.length +
        options.maskWeight * (state.masked > 0 ? state.maskLossSum / state.masked : 0);
      const figures = toSingle(await validateNetwork(tf, runnable, validation, passes));
      if (!Number.isFinite(trainLoss + figures.loss)) {
        throw new RangeError("the loss is no longer a number; a smaller learning rate may help");
      }
      const { epoch } = state;
      const isBest = keepIfBest(tf, state, figures);
      beginEpoch(state, epoch + 1);
      await input.onEpoch?.(
        { epoch, trainLoss, validation: figures, durationMs: tf.util.now() - begunAt, isBest },
        checkpoint,
      );
    }
    return {
      weights: state.bestEpoch === 0 ? weights : await withBest(weights, state),
      bestEpoch: state.bestEpoch,
      epochs: state.epoch - 1,
      before: state.before,
      best: state.bestFigures,
    };
  } finally {
    disposeState(tf, state);
    tf.dispose([...fixed.values()]);
  }
}

/** The rest of an epoch's batches, in the epoch's own order. */
async function finishEpoch(
  tf: typeof tfjs,
  network: RunnableNetwork,
  state: FineTuneState,
  train: FineTuneSet,
  options: FineTuneOptions,
  passes: { maskWeight: number; slicesAtOnce: number; signal?: AbortSignal },
  onStep: FineTuneInput["onStep"],
) {
  const { epoch } = state;
  const { seed, augmentation: limits, batchSize } = options;
  const order = shuffle(
    Uint32Array.from({ length: train.length }, (_, slice) => slice),
    seededRandom(seedOf("order", seed, epoch)),
  );
  while (state.slicesDone < order.length) {
    passes.signal?.throwIfAborted();
    const slices = order.subarray(state.slicesDone, state.slicesDone + batchSize);
    const batch = await prepareBatch(train, slices, network, { seed, epoch, limits });
    const { gradients, classLoss, maskLoss } = await batchGradients(tf, network, batch, passes);
    state.step++;
    applyStep(tf, state, gradients, options);

    const masked = batch.masks.filter((mask) => mask !== null).length;
    state.slicesDone += slices.length;
    state.classLossSum = Math.fround(state.classLossSum + classLoss * slices.length);
    state.maskLossSum = Math.fround(state.maskLossSum + maskLoss * masked);
    state.masked += masked;
    await onStep?.(
      {
        epoch,
        slicesDone: state.slicesDone,
        slices: order.length,
        step: state.step,
        batch: slices.length,
        classLoss,
        maskLoss,
      },
      () => toCheckpoint(state),
    );
  }
}

/** Takes over the gradients. */
function applyStep(
  tf: typeof tfjs,
  state: FineTuneState,
  gradients: ReadonlyMap<string, tfjs.Tensor>,
  { learningRate, warmUpSteps, weightDecay }: FineTuneOptions,
) {
  const rate = learningRate * Math.min(1, state.step / Math.max(1, warmUpSteps));
  for (const [name, gradient] of gradients) {
    const old = state.learning.get(name)!;
    const decay = name.endsWith("/kernel") ? weightDecay : 0;
    const rates = { learningRate: rate, weightDecay: decay };
    state.learning.set(name, adamTensorStep(tf, old, gradient, state.step, rates));
    tf.dispose([old.value, old.first, old.second, gradient]);
  }
}

function keepIfBest(tf: typeof tfjs, state: FineTuneState, figures: ValidationFigures): boolean {
  if (figures.loss >= state.bestFigures.loss) return false;
  state.bestEpoch = state.epoch;
  state.bestFigures = figures;
  for (const [name, { value }] of state.learning) {
    tf.dispose(state.best.get(name)!);
    state.best.set(name, value.clone());
  }
  return true;
}

function beginEpoch(state: FineTuneState, epoch: number) {
  state.epoch = epoch;
  state.slicesDone = 0;
  state.classLossSum = 0;
  state.maskLossSum = 0;
  state.masked = 0;
}

/** Single precision is what a checkpoint keeps, so that a resumed run compares the same numbers. */
function toSingle({ loss, classLoss, maskLoss, auc, dice }: ValidationFigures): ValidationFigures {
  const single = (value: number | null) => value && Math.fround(value);
  return {
    loss: Math.fround(loss),
    classLoss: Math.fround(classLoss),
    maskLoss: single(maskLoss),
    auc: single(auc),
    dice: single(dice),
  };
}

async function withBest(weights: Weights, state: FineTuneState): Promise<Weights> {
  const result = new Map(weights);
  for (const [name, tensor] of state.best) {
    result.set(name, {
      shape: tensor.shape,
      values: ((await tensor.data()) as Float32Array).slice(),
    });
  }
  return result;
}
