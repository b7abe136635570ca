import type { HeadWeights } from "../network/head";
import type { AdamMoments } from "./adam";
import type { FittingLayer } from "./head-gradients";

/**
 * A fit's whole state as named arrays, fit for a safetensors file: `head/0/kernel`, `best/0/kernel`,
 * `adam/first/0/kernel`, `adam/second/0/kernel`, the same for `bias`, for each layer, and `progress`, `[4]`:
 * epoch, step, best epoch, best validation loss. Kernels are `[outputs, inputs]`.
 */
export type HeadCheckpoint = Record<string, Float32Array>;

/** What a fit changes as it goes. */
export interface FitState {
  layers: FittingLayer[];
  best: FittingLayer[];
  /** By layer. */
  moments: { kernel: AdamMoments; bias: AdamMoments }[];
  /** Epochs done. */
  epoch: number;
  /** Optimizer steps done. */
  step: number;
  /** 0 before the first epoch. */
  bestEpoch: number;
  bestLoss: number;
}

export function beginFit(initial: HeadWeights): FitState {
  return {
    layers: toFittingLayers(initial),
    best: toFittingLayers(initial),
    moments: initial.layers.map(({ kernel, bias }) => ({
      kernel: { first: new Float32Array(kernel.length), second: new Float32Array(kernel.length) },
      bias: { first: new Float32Array(bias.length), second: new Float32Array(bias.length) },
    })),
    epoch: 0,
    step: 0,
    bestEpoch: 0,
    bestLoss: Number.POSITIVE_INFINITY,
  };
}

/** A copy of the state: the fit may go on while it is written. */
export function toCheckpoint(state: FitState): HeadCheckpoint {
  const checkpoint: HeadCheckpoint = {
    progress: Float32Array.of(state.epoch, state.step, state.bestEpoch, state.bestLoss),
  };
  for (const [name, array] of namedArrays(state)) checkpoint[name] = array.slice();
  return checkpoint;
}

/** Throws a `RangeError` where the checkpoint is of a head of another shape. */
export function resumeFit(initial: HeadWeights, checkpoint: HeadCheckpoint): FitState {
  const state = beginFit(initial);
  for (const [name, array] of namedArrays(state)) array.set(arrayNamed(checkpoint, name, array.length));
  const progress = arrayNamed(checkpoint, "progress", 4);
  [state.epoch, state.step, state.bestEpoch, state.bestLoss] = progress as unknown as [
    number,
    number,
    number,
    number,
  ];
  return state;
}

function* namedArrays(state: FitState): Generator<[string, Float32Array]> {
  for (const [index, layer] of state.layers.entries()) {
    for (const part of ["kernel", "bias"] as const) {
      yield [`head/${index}/${part}`, layer[part]];
      yield [`best/${index}/${part}`, state.best[index]![part]];
      yield [`adam/first/${index}/${part}`, state.moments[index]![part].first];
      yield [`adam/second/${index}/${part}`, state.moments[index]![part].second];
    }
  }
}

function arrayNamed(checkpoint: HeadCheckpoint, name: string, length: number): Float32Array {
  const array = checkpoint[name];
  if (!array) throw new RangeError(`the checkpoint lacks ${name}`);
  if (array.length !== length) {
    throw new RangeError(`the checkpoint's ${name} holds ${array.length} values, not ${length}`);
  }
  return array;
}

function toFittingLayers({ layers }: HeadWeights): FittingLayer[] {
  return layers.map(({ kernel, bias }) => ({
    kernel: transposed(kernel, kernel.length / bias.length, bias.length),
    bias: bias.slice(),
  }));
}

/** A head of its own, in a finished head's layout. */
export function toHead(layers: readonly FittingLayer[]): HeadWeights {
  return {
    layers: layers.map(({ kernel, bias }) => ({
      kernel: transposed(kernel, bias.length, kernel.length / bias.length),
      bias: bias.slice(),
    })),
  };
}

/** Rows turned together, so that what is read and written next lies in the processor's cache. */
const BLOCK = 16;

function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(matrix.length);
  for (let first = 0; first < rows; first += BLOCK) {
    const end = Math.min(first + BLOCK, rows);
    for (let column = 0; column < columns; column++) {
      for (let row = first; row < end; row++) {
        result[column * rows + row] = matrix[row * columns + column]!;
      }
    }
  }
  return result;
}
