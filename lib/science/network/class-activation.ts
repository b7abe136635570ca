import { checkHead, denseShape, FEATURE_LENGTH, type HeadWeights } from "./head";

/** Rows and columns of conv5, and so of a heatmap. */
export const CONV5_SIZE = 8;

/** Channels of conv5. */
export const CONV5_CHANNELS = 2048;

/** Values of conv5 of one image, `[8, 8, 2048]`. */
export const CONV5_LENGTH = CONV5_SIZE * CONV5_SIZE * CONV5_CHANNELS;

/** Rows and columns of the cells that one feature averages. */
const POOL = 4;
const POOLED = CONV5_SIZE / POOL;

/**
 * Features of one image, `[8192]`, of its conv5, `[8, 8, 2048]`: the mean of each 4 x 4 cells, flattened row, column,
 * channel, as the backbone's `features` are. Throws a `RangeError` for another length.
 */
export function poolConv5(conv5: Float32Array): Float32Array {
  checkLength(conv5, CONV5_LENGTH, "conv5");
  const sums = new Float64Array(FEATURE_LENGTH);
  for (let cell = 0; cell < CONV5_SIZE * CONV5_SIZE; cell++) {
    const [from, to] = [cell * CONV5_CHANNELS, poolOf(cell) * CONV5_CHANNELS];
    for (let channel = 0; channel < CONV5_CHANNELS; channel++) sums[to + channel]! += conv5[from + channel]!;
  }
  return Float32Array.from(sums, (sum) => sum / POOL ** 2);
}

/**
 * How the margin (logit of tumor minus logit of no tumor) of one slice changes with each of its features: the gradient
 * at `features`, as long as they are. Dropout plays no part, as in a prediction. Between the places where a relu
 * switches the margin is linear in the features, so there the gradient holds not only for small changes.
 * Throws a `RangeError` where features and head do not fit.
 *
 * Example: one hidden layer h = relu(x1 - x2, x1 + x2) and logits (0, 3 h1 - h2); at x = (2, 1) both pass, the margin
 * is 3 (x1 - x2) - (x1 + x2), and the gradient (2, -4). At x = (1, 2) the first is cut off: (-1, -1).
 */
export function marginGradient(head: HeadWeights, features: Float32Array): Float32Array {
  checkHead(head);
  checkLength(features, denseShape(head.layers[0]!).inputs, "features");
  const values: (Float32Array | Float64Array)[] = [features];
  for (const { kernel, bias } of head.layers.slice(0, -1)) {
    const read = values.at(-1)!;
    const sums = Float64Array.from(bias);
    for (let input = 0; input < read.length; input++) {
      if (read[input] === 0) continue;
      for (let output = 0; output < sums.length; output++)
        sums[output]! += read[input]! * kernel[input * sums.length + output]!;
    }
    values.push(sums.map((sum) => Math.max(0, sum)));
  }

  let slope = Float64Array.of(-1, 1);
  for (let layer = head.layers.length - 1; layer >= 0; layer--) {
    const { kernel } = head.layers[layer]!;
    const read = values[layer]!;
    const back = new Float64Array(read.length);
    for (let input = 0; input < read.length; input++) {
      // A hidden value is above 0 exactly where relu passed it.
      if (layer > 0 && read[input]! <= 0) continue;
      let sum = 0;
      for (let output = 0; output < slope.length; output++)
        sum += kernel[input * slope.length + output]! * slope[output]!;
      back[input] = sum;
    }
    slope = back;
  }
  return Float32Array.from(slope);
}

/**
 * Which cells of conv5 speak for tumor: HiResCAM (Draelos and Carin 2020, arXiv:2011.08891) of the margin. `conv5` is
 * `[8, 8, 2048]`, `gradient` `[8192]` as `marginGradient` gives it; the result `[8, 8]`, in units of the margin,
 * positive for tumor and negative against it.
 *
 * Each cell's activation is multiplied by the gradient at that very cell, a sixteenth of its pool's, and summed over
 * channels. The cells therefore add up to features . gradient, all of the margin but what the biases bring. Grad-CAM
 * (Selvaraju et al. 2017, arXiv:1610.02391) averages gradients over the image first, and can point beside.
 * Throws a `RangeError` for other lengths.
 */
export function classActivation(conv5: Float32Array, gradient: Float32Array): Float32Array {
  checkLength(conv5, CONV5_LENGTH, "conv5");
  checkLength(gradient, FEATURE_LENGTH, "gradient");
  return Float32Array.from({ length: CONV5_SIZE * CONV5_SIZE }, (_, cell) => {
    const [at, pool] = [cell * CONV5_CHANNELS, poolOf(cell) * CONV5_CHANNELS];
    let sum = 0;
    for (let channel = 0; channel < CONV5_CHANNELS; channel++)
      sum += conv5[at + channel]! * gradient[pool + channel]!;
    return sum / POOL ** 2;
  });
}

/** Which of the 2 x 2 pools, row by row, averages a cell. */
function poolOf(cell: number): number {
  const [row, column] = [Math.floor(cell / CONV5_SIZE), cell % CONV5_SIZE];
  return Math.floor(row / POOL) * POOLED + Math.floor(column / POOL);
}

function checkLength({ length }: Float32Array, expected: number, what: string) {
  if (length !== expected) throw new RangeError(`${length} values of ${what} instead of ${expected}`);
}
