import type * as TensorFlow from "@tensorflow/tfjs";
import { logLoss } from "../metrics/calibration";
import { rocAuc } from "../metrics/roc";
import { checkHead, denseShape, type HeadWeights } from "../network/head";
import { adamStep } from "./adam";
import { calibratedP, tumorMargins, UNCALIBRATED } from "./calibrate";
import { beginFit, type FitState, type HeadCheckpoint, resumeFit, toCheckpoint, toHead } from "./fit-state";
import { FIT_DEFAULTS, type FitOptions } from "./fitting-options";
import { type HeadBatch, headGradients } from "./head-gradients";
import { headLogits } from "./head-logits";
import { type Random, seededRandom, seedOf, shuffle } from "./random";

/**
 * Labelled slices: `features` is `[slices, inputs]` row by row, `truth` `[slices]`, 1 for tumor, else 0; `weights`
 * `[slices]`, above 0, is what each weighs in the training loss, alike where it is not given.
 */
export interface LabelledFeatures {
  features: Float32Array;
  truth: Uint8Array;
  weights?: Float32Array;
}

export interface EpochReport {
  /** 1 for the first. */
  epoch: number;
  /** Cross-entropy in nats over the epoch's batches, with dropout and class weights. */
  trainLoss: number;
  /** Cross-entropy in nats without either. */
  validationLoss: number;
  /** Null where validation holds one class only. */
  validationAuc: number | null;
  durationMs: number;
  /** Whether this epoch's weights are the ones kept so far. */
  isBest: boolean;
}

export interface FitHeadInput {
  train: LabelledFeatures;
  validation: LabelledFeatures;
  /** The weights to begin with; they stay as they are. */
  initial: HeadWeights;
  options: Pick<FitOptions, "seed"> & Partial<FitOptions>;
  /** Of an interrupted fit with the same data, first weights and options: goes on to the same numbers. */
  resumeFrom?: HeadCheckpoint;
  /** Looked at before each batch; the promise then rejects with its reason. */
  signal?: AbortSignal;
  /**
   * Called, and awaited, after each epoch. `checkpoint` copies the whole state, about 35 MB for the plain head.
   */
  onEpoch?: (report: EpochReport, checkpoint: () => HeadCheckpoint) => void | Promise<void>;
}

export interface FittedHead {
  /** Of the epoch with the least validation loss, or of the last one (`patience` null). */
  head: HeadWeights;
  bestEpoch: number;
  /** Epochs fitted, those before a resume included. */
  epochs: number;
  validationLoss: number;
}

/**
 * Fits a head on cached features: cross-entropy, Adam, inverted dropout after each hidden layer, early stopping on
 * validation loss with the best epoch's weights kept. A last, smaller batch is used too.
 *
 * The same input gives the same numbers on the same backend, interrupted or not, because each epoch's order and
 * dropout follow from seed and epoch alone and the optimizer's state is part of the checkpoint. The backend must
 * be ready. The event loop gets a turn between batches. No tensor is left behind, whatever happens.
 *
 * Throws a `RangeError` for data that do not fit the head, an empty set, a checkpoint of another head, and a loss
 * that is no longer a number.
 */
export async function fitHead(tf: typeof TensorFlow, input: FitHeadInput): Promise<FittedHead> {
  const { train, validation, initial, resumeFrom, signal, onEpoch } = input;
  const options: FitOptions = { ...FIT_DEFAULTS, ...input.options };
  checkHead(initial);
  const { inputs } = denseShape(initial.layers[0]!);
  checkSet(train, inputs, "training");
  checkSet(validation, inputs, "validation");

  const state = resumeFrom ? resumeFit(initial, resumeFrom) : beginFit(initial);
  const patience = options.patience ?? Number.POSITIVE_INFINITY;
  while (state.epoch < options.maxEpochs && state.epoch - state.bestEpoch < patience) {
    const begunAt = tf.util.now();
    state.epoch++;
    const trainLoss = await fitEpoch(tf, state, train, options, signal);
    if (!Number.isFinite(trainLoss)) throw notANumber();
    // Where neither the caller nor the stopping asks, only the last epoch is validated.
    if (!onEpoch && options.patience === null && state.epoch < options.maxEpochs) continue;

    const logits = await headLogits(tf, toHead(state.layers), validation.features, signal);
    const p = calibratedP(tumorMargins(logits), UNCALIBRATED);
    const validationLoss = logLoss(validation.truth, p)!;
    if (!Number.isFinite(validationLoss)) throw notANumber();

    const isBest = keepIfBest(state, validationLoss, options.patience === null);
    const validationAuc = rocAuc(validation.truth, p);
    const durationMs = tf.util.now() - begunAt;
    await onEpoch?.(
      { epoch: state.epoch, trainLoss, validationLoss, validationAuc, durationMs, isBest },
      () => toCheckpoint(state),
    );
  }
  return {
    head: toHead(state.best),
    bestEpoch: state.bestEpoch,
    epochs: state.epoch,
    validationLoss: state.bestLoss,
  };
}

const notANumber = () => new RangeError("the loss is no longer a number; a smaller learning rate may help");

/** One pass over the training slices in the epoch's own order; gives the mean loss. */
async function fitEpoch(
  tf: typeof TensorFlow,
  state: FitState,
  { features, truth, weights: rowWeights }: LabelledFeatures,
  options: FitOptions,
  signal: AbortSignal | undefined,
): Promise<number> {
  const inputs = features.length / truth.length;
  const order = shuffle(
    Uint32Array.from(truth, (_, slice) => slice),
    seededRandom(seedOf("order", options.seed, state.epoch)),
  );
  const random = seededRandom(seedOf("dropout", options.seed, state.epoch));
  const hidden = state.layers.slice(0, -1).map(({ bias }) => bias.length);
  let loss = 0;
  let weights = 0;
  for (let first = 0; first < order.length; first += options.batchSize) {
    signal?.throwIfAborted();
    const slices = order.subarray(first, first + options.batchSize);
    const batch: HeadBatch = {
      features: new Float32Array(slices.length * inputs),
      truth: Uint8Array.from(slices, (slice) => truth[slice]!),
      weights: Float32Array.from(
        slices,
        (slice) => (options.classWeights?.[truth[slice] ? 1 : 0] ?? 1) * (rowWeights?.[slice] ?? 1),
      ),
      keep: hidden.map((width) => dropoutMask(slices.length * width, options.dropout, random)),
      labelSmoothing: options.labelSmoothing,
    };
    for (const [row, slice] of slices.entries()) {
      batch.features.set(features.subarray(slice * inputs, (slice + 1) * inputs), row * inputs);
    }
    const result = await headGradients(tf, state.layers, batch);
    loss += result.lossSum;
    weights += result.weightSum;
    state.step++;
    const { weightDecay } = options;
    const learningRate = rateAt(options, state.step, Math.ceil(order.length / options.batchSize));
    for (const [index, layer] of state.layers.entries()) {
      const gradient = result.layers[index]!;
      const moments = state.moments[index]!;
      adamStep(layer.kernel, gradient.kernel, moments.kernel, state.step, { learningRate, weightDecay });
      adamStep(layer.bias, gradient.bias, moments.bias, state.step, { learningRate, weightDecay });
    }
    await tf.nextFrame();
  }
  return loss / weights;
}

/** The learning rate of a step, 1 for the first. */
function rateAt({ learningRate, schedule, maxEpochs }: FitOptions, step: number, stepsPerEpoch: number) {
  if (schedule === "constant") return learningRate;
  return (learningRate / 2) * (1 + Math.cos((Math.PI * (step - 1)) / (stepsPerEpoch * maxEpochs)));
}

/** 0 with the chance of `dropout`, else 1 / (1 - dropout), so that the expected value stays (Srivastava et al. 2014). */
function dropoutMask(length: number, dropout: number, random: Random): Float32Array {
  const mask = new Float32Array(length);
  const kept = 1 / (1 - dropout);
  for (let index = 0; index < length; index++) mask[index] = random() < dropout ? 0 : kept;
  return mask;
}

function keepIfBest(state: FitState, validationLoss: number, always: boolean): boolean {
  // Single precision is what a checkpoint keeps, so that a resumed fit compares the same numbers.
  const loss = Math.fround(validationLoss);
  if (loss >= state.bestLoss && !always) return false;
  state.bestLoss = loss;
  state.bestEpoch = state.epoch;
  for (const [index, layer] of state.layers.entries()) {
    state.best[index]!.kernel.set(layer.kernel);
    state.best[index]!.bias.set(layer.bias);
  }
  return true;
}

function checkSet({ features, truth }: LabelledFeatures, inputs: number, name: string) {
  if (truth.length === 0) throw new RangeError(`no ${name} slice`);
  if (features.length !== truth.length * inputs) {
    throw new RangeError(`${features.length} ${name} features are not ${truth.length} rows of ${inputs}`);
  }
}
