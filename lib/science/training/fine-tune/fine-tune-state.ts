import type * as tfjs from "@tensorflow/tfjs";
import { valuesOf, type Weights } from "../../network/weights";
import type { AdamTensors } from "../adam-on-tensors";

/** Figures on the validation slices, without augmentation. */
export interface ValidationFigures {
  /** Class loss plus the mask's weight times the mask loss: what early stopping looks at. */
  loss: number;
  /** Mean over slices, in nats. */
  classLoss: number;
  /** Mean over slices that state a mask; null where none does. */
  maskLoss: number | null;
  /** Of the class's logit; null where one class is missing. */
  auc: number | null;
  /** Over all pixels of the masks' grid, at logits above 0; null where no mask is stated or there is no tumor. */
  dice: number | null;
}

/**
 * A fine-tuning's whole state as named arrays, fit for a safetensors file: `weights/<name>`, `best/<name>`,
 * `adam/first/<name>`, `adam/second/<name>` for each learning weight, and `progress`.
 */
export type FineTuneCheckpoint = Record<string, Float32Array>;

/** What a fine-tuning changes as it goes. Tensors are never changed in place, so a kept one stays what it was. */
export interface FineTuneState {
  learning: Map<string, AdamTensors>;
  /** Of the epoch with the least validation loss; at first the parent's. */
  best: Map<string, tfjs.Tensor>;
  /** The epoch under way, 1 for the first; 0 before the parent's weights have been validated. */
  epoch: number;
  /** Training slices of this epoch that are done. */
  slicesDone: number;
  /** Optimizer steps done, over all epochs. */
  step: number;
  bestEpoch: number;
  /** Of the parent's weights. */
  before: ValidationFigures;
  /** Of `best`. */
  bestFigures: ValidationFigures;
  /** Sums over this epoch's training slices: class loss, mask loss, slices that state a mask. */
  classLossSum: number;
  maskLossSum: number;
  masked: number;
}

const unknownFigures: ValidationFigures = {
  loss: Number.POSITIVE_INFINITY,
  classLoss: Number.POSITIVE_INFINITY,
  maskLoss: null,
  auc: null,
  dice: null,
};

export function beginState(tf: typeof tfjs, weights: Weights, names: readonly string[]): FineTuneState {
  const learning = new Map<string, AdamTensors>();
  const best = new Map<string, tfjs.Tensor>();
  for (const name of names) {
    const shape = [...weights.get(name)!.shape];
    const value = tf.tensor(valuesOf(weights, name), shape);
    learning.set(name, { value, first: tf.zeros(shape), second: tf.zeros(shape) });
    best.set(name, value.clone());
  }
  return {
    learning,
    best,
    epoch: 0,
    slicesDone: 0,
    step: 0,
    bestEpoch: 0,
    before: unknownFigures,
    bestFigures: unknownFigures,
    classLossSum: 0,
    maskLossSum: 0,
    masked: 0,
  };
}

/** Reads the whole state from the backend. */
export async function toCheckpoint(state: FineTuneState): Promise<FineTuneCheckpoint> {
  const checkpoint: FineTuneCheckpoint = { progress: Float32Array.from(progressOf(state)) };
  for (const [name, tensor] of tensorsOf(state))
    checkpoint[name] = ((await tensor.data()) as Float32Array).slice();
  return checkpoint;
}

/** Throws a `RangeError` where the checkpoint is of another network or of another part of it. */
export function resumeState(
  tf: typeof tfjs,
  weights: Weights,
  names: readonly string[],
  checkpoint: FineTuneCheckpoint,
): FineTuneState {
  const arrays = new Map(Object.entries(checkpoint));
  const take = (name: string, shape: readonly number[]) => {
    const array = arrays.get(name);
    if (!array) throw new RangeError(`the checkpoint lacks ${name}`);
    const length = shape.reduce((product, side) => product * side, 1);
    if (array.length !== length)
      throw new RangeError(`the checkpoint's ${name} holds ${array.length} values, not ${length}`);
    return array;
  };
  // All is looked at before the first tensor is made, so that nothing is left behind.
  take("progress", [PROGRESS_LENGTH]);
  for (const name of names) for (const part of PARTS) take(`${part}/${name}`, weights.get(name)!.shape);

  const learning = new Map<string, AdamTensors>();
  const best = new Map<string, tfjs.Tensor>();
  for (const name of names) {
    const { shape } = weights.get(name)!;
    const tensor = (part: (typeof PARTS)[number]) => tf.tensor(arrays.get(`${part}/${name}`)!, [...shape]);
    learning.set(name, {
      value: tensor("weights"),
      first: tensor("adam/first"),
      second: tensor("adam/second"),
    });
    best.set(name, tensor("best"));
  }
  return { learning, best, ...progressFrom(arrays.get("progress")!) };
}

export function disposeState(tf: typeof tfjs, state: FineTuneState): void {
  for (const [, tensor] of tensorsOf(state)) tf.dispose(tensor);
}

const PARTS = ["weights", "best", "adam/first", "adam/second"] as const;

function* tensorsOf({ learning, best }: FineTuneState): Generator<[string, tfjs.Tensor]> {
  for (const [name, { value, first, second }] of learning) {
    yield [`weights/${name}`, value];
    yield [`adam/first/${name}`, first];
    yield [`adam/second/${name}`, second];
  }
  for (const [name, tensor] of best) yield [`best/${name}`, tensor];
}

const PROGRESS_LENGTH = 17;

function progressOf(state: FineTuneState): number[] {
  const figures = ({ loss, classLoss, maskLoss, auc, dice }: ValidationFigures) =>
    [loss, classLoss, maskLoss, auc, dice].map((value) => value ?? Number.NaN);
  return [
    state.epoch,
    state.slicesDone,
    state.step,
    state.bestEpoch,
    state.classLossSum,
    state.maskLossSum,
    state.masked,
    ...figures(state.before),
    ...figures(state.bestFigures),
  ];
}

function progressFrom(progress: Float32Array): Omit<FineTuneState, "learning" | "best"> {
  const at = (index: number) => progress[index]!;
  const known = (index: number) => (Number.isNaN(at(index)) ? null : at(index));
  const figures = (from: number): ValidationFigures => ({
    loss: at(from),
    classLoss: at(from + 1),
    maskLoss: known(from + 2),
    auc: known(from + 3),
    dice: known(from + 4),
  });
  return {
    epoch: at(0),
    slicesDone: at(1),
    step: at(2),
    bestEpoch: at(3),
    classLossSum: at(4),
    maskLossSum: at(5),
    masked: at(6),
    before: figures(7),
    bestFigures: figures(12),
  };
}
