/** One dense layer: `kernel` is `[inputs, outputs]` row by row, `bias` is `[outputs]`. */
export interface DenseWeights {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/**
 * The weights of a head: hidden layers with relu, then one layer without an activation whose outputs are the
 * logits of {@link HEAD_CLASSES}. Dropout follows each hidden layer while fitting and has no weights.
 */
export interface HeadWeights {
  readonly layers: readonly DenseWeights[];
}

/** Length of the feature vector that a head reads: conv5 of ResNet50 averaged to 2 x 2 x 2048. */
export const FEATURE_LENGTH = 8192;

/** The order of a head's two outputs. */
export const HEAD_CLASSES = ["no tumor", "tumor"] as const;

/**
 * The head's definition: 8192 features -> [Dense 256, relu, dropout 0.3] x 3 -> Dense 2, softmax.
 * `widths` are the values between layers, so layer `i` has a kernel of `widths[i]` x `widths[i + 1]`.
 */
export const HEAD = {
  widths: [FEATURE_LENGTH, 256, 256, 256, HEAD_CLASSES.length],
  dropout: 0.3,
} as const;

/**
 * A head before its first fit, the same for the same seed (an unsigned 32-bit integer). Hidden kernels are
 * He-normal, truncated at two deviations (He et al. 2015, arXiv:1502.01852), the last is Glorot-uniform
 * (Glorot and Bengio 2010), biases are zero: what Keras calls `he_normal` and `glorot_uniform`.
 */
export function initialHead(seed: number): HeadWeights {
  const random = mulberry32(seed);
  const layers: DenseWeights[] = [];
  for (let layer = 0; layer + 1 < HEAD.widths.length; layer++) {
    const inputs = HEAD.widths[layer]!;
    const outputs = HEAD.widths[layer + 1]!;
    const isLast = layer + 2 === HEAD.widths.length;
    const kernel = new Float32Array(inputs * outputs);
    if (isLast) fillUniform(kernel, Math.sqrt(6 / (inputs + outputs)), random);
    else fillTruncatedNormal(kernel, Math.sqrt(2 / inputs) / DEVIATION_OF_TRUNCATED_NORMAL, random);
    layers.push({ kernel, bias: new Float32Array(outputs) });
  }
  return { layers };
}

/** Inputs and outputs of a layer. Throws a `RangeError` where kernel and bias do not fit each other. */
export function denseShape({ kernel, bias }: DenseWeights): { inputs: number; outputs: number } {
  const outputs = bias.length;
  const inputs = kernel.length / outputs;
  if (outputs === 0 || !Number.isInteger(inputs) || inputs === 0)
    throw new RangeError(`a kernel of ${kernel.length} values does not fit a bias of ${outputs}`);
  return { inputs, outputs };
}

/** Throws a `RangeError` in words unless each layer's outputs are the next one's inputs. */
export function checkHead({ layers }: HeadWeights): void {
  if (layers.length === 0) throw new RangeError("a head has at least one layer");
  for (let index = 1; index < layers.length; index++) {
    const { outputs } = denseShape(layers[index - 1]!);
    const { inputs } = denseShape(layers[index]!);
    if (inputs !== outputs)
      throw new RangeError(`layer ${index + 1} reads ${inputs} values, layer ${index} gives ${outputs}`);
  }
  const { outputs } = denseShape(layers.at(-1)!);
  if (outputs !== HEAD_CLASSES.length)
    throw new RangeError(`the last layer gives ${outputs} values instead of ${HEAD_CLASSES.length}`);
}

/** Deviation of a standard normal cut off at two deviations, so that the cut does not shrink the kernels. */
const DEVIATION_OF_TRUNCATED_NORMAL = 0.8796256610342398;

function fillUniform(values: Float32Array, limit: number, random: () => number) {
  for (let index = 0; index < values.length; index++) values[index] = (2 * random() - 1) * limit;
}

/** Box-Muller with the values beyond two deviations drawn again. */
function fillTruncatedNormal(values: Float32Array, deviation: number, random: () => number) {
  let index = 0;
  while (index < values.length) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    const first = radius * Math.cos(angle);
    const second = radius * Math.sin(angle);
    if (Math.abs(first) <= 2) values[index++] = first * deviation;
    if (Math.abs(second) <= 2 && index < values.length) values[index++] = second * deviation;
  }
}

/** Tommy Ettinger's Mulberry32: uniform in [0, 1), period 2^32. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
