import type * as tfjs from "@tensorflow/tfjs";
import {
  type BatchNormNode,
  type ConvolutionNode,
  inputsOf,
  type LogitNode,
  type NetworkNode,
} from "./network-node";

/** A weight's tensor by name, `conv1_conv/kernel`; throws where there is none. */
export type WeightOf = (name: string) => tfjs.Tensor;

export interface RunOptions {
  /** The outputs that are given already, by step: the image, or what another run left. They are not disposed of. */
  given: ReadonlyMap<string, tfjs.Tensor>;
  /** The steps whose outputs are wanted. */
  wanted: readonly string[];
  /**
   * Whether an output is freed after the last step that reads it. Off where a gradient is taken, which reads all of
   * them again.
   */
  frees?: boolean;
}

/**
 * Runs steps of a network on tensors, one operation after the other, so that gradients can be taken through it on any
 * backend; gives the wanted outputs, `[N, height, width, channels]` (`[N]` of a logit). The steps stand in order.
 *
 * Batch normalization works with its running statistics, as in a prediction: they are constants and nothing here
 * changes them. It is folded into the convolution before it, as in the ONNX graph, which is the same function of
 * kernel, bias, gamma and beta and so has the same gradients, and spares a pass over the activations.
 *
 * Throws an `Error` where a step or weight is missing, or where a convolution that is normalized has another reader.
 */
export function runNetwork(
  tf: typeof tfjs,
  nodes: readonly NetworkNode[],
  weightOf: WeightOf,
  { given, wanted, frees = false }: RunOptions,
): Map<string, tfjs.Tensor> {
  const outputs = new Map(given);
  const normalizations = normalizationsOf(nodes);
  const readsLeft = countReads(nodes, normalizations, wanted);
  const output = (name: string) => {
    const tensor = outputs.get(name);
    if (!tensor) throw new Error(`The network has no step ${name}`);
    return tensor;
  };

  for (const node of nodes) {
    if (node.kind === "convolution" && normalizations.has(node.name)) continue; // runs with its normalization
    const convolution = node.kind === "batchNorm" ? convolutionBefore(nodes, node) : undefined;
    const sources = inputsOf(convolution ?? node);
    const inputs = sources.map(output);
    outputs.set(
      node.name,
      tf.tidy(() => runStep(tf, node, convolution, inputs, weightOf)),
    );
    if (!frees) continue;
    for (const source of sources) {
      const left = readsLeft.get(source)! - 1;
      readsLeft.set(source, left);
      if (left > 0 || given.has(source)) continue;
      outputs.get(source)?.dispose();
      outputs.delete(source);
    }
  }
  return new Map(wanted.map((name) => [name, output(name)]));
}

function runStep(
  tf: typeof tfjs,
  node: NetworkNode,
  convolution: ConvolutionNode | undefined,
  inputs: tfjs.Tensor[],
  weightOf: WeightOf,
): tfjs.Tensor {
  const x = inputs[0] as tfjs.Tensor4D;
  switch (node.kind) {
    case "pad":
      return tf.pad(x, [
        [0, 0],
        [node.amount, node.amount],
        [node.amount, node.amount],
        [0, 0],
      ]);
    case "convolution": {
      const kernel = weightOf(`${node.name}/kernel`) as tfjs.Tensor4D;
      return convolve(tf, node, x, kernel, node.bias ? weightOf(`${node.name}/bias`) : undefined);
    }
    case "batchNorm":
      return normalizedConvolution(tf, node, convolution!, x, weightOf);
    case "relu":
      return tf.relu(x);
    case "add":
      return tf.add(x, inputs[1]!);
    case "maxPool":
      return tf.maxPool(x, node.size, node.stride, "valid");
    case "concat":
      return tf.concat([x, inputs[1] as tfjs.Tensor4D], 3);
    case "upsample":
      return upsampleTwice(tf, x);
    case "logitOfMean":
      return logitOfMean(tf, node, x, weightOf);
  }
}

function convolve(
  tf: typeof tfjs,
  { stride, padding }: ConvolutionNode,
  x: tfjs.Tensor4D,
  filter: tfjs.Tensor4D,
  bias: tfjs.Tensor | undefined,
) {
  return tf.fused.conv2d({ x, filter, strides: stride, pad: padding, bias });
}

/** gamma (x * kernel + bias - mean) / sqrt(variance + epsilon) + beta, as one convolution. */
function normalizedConvolution(
  tf: typeof tfjs,
  { name, epsilon }: BatchNormNode,
  convolution: ConvolutionNode,
  x: tfjs.Tensor4D,
  weightOf: WeightOf,
) {
  const deviation = tf.sqrt(tf.add(weightOf(`${name}/moving_variance`), epsilon));
  const scale = tf.div(weightOf(`${name}/gamma`), deviation);
  const mean = weightOf(`${name}/moving_mean`);
  const offset = convolution.bias ? tf.sub(weightOf(`${convolution.name}/bias`), mean) : tf.neg(mean);
  const kernel = tf.mul(weightOf(`${convolution.name}/kernel`), scale) as tfjs.Tensor4D;
  const bias = tf.add(tf.mul(offset, scale), weightOf(`${name}/beta`));
  return convolve(tf, convolution, x, kernel, bias);
}

/**
 * Twice as many rows and columns, bilinear with half-pixel centres, the border repeated: a quarter of the neighbour
 * and three quarters of the pixel itself. Composed of slices, because the gradient of tfjs' own resizing does not
 * know half-pixel centres.
 */
function upsampleTwice(tf: typeof tfjs, x: tfjs.Tensor4D): tfjs.Tensor4D {
  return alongAxis(tf, alongAxis(tf, x, 1), 2);
}

function alongAxis(tf: typeof tfjs, x: tfjs.Tensor4D, axis: 1 | 2): tfjs.Tensor4D {
  const length = x.shape[axis];
  const part = (from: number, count: number) => {
    const begin = [0, 0, 0, 0];
    const size = [...x.shape];
    begin[axis] = from;
    size[axis] = count;
    return tf.slice(x, begin, size);
  };
  const [first, last] = [part(0, 1), part(length - 1, 1)];
  const before = length === 1 ? x : tf.concat([first, part(0, length - 1)], axis);
  const after = length === 1 ? x : tf.concat([part(1, length - 1), last], axis);
  const own = tf.mul(x, 0.75);
  const pairs = tf.stack([tf.add(own, tf.mul(before, 0.25)), tf.add(own, tf.mul(after, 0.25))], axis + 1);
  const shape = [...x.shape] as [number, number, number, number];
  shape[axis] = 2 * length;
  return tf.reshape<tfjs.Rank.R4>(pairs, shape);
}

function logitOfMean(tf: typeof tfjs, { name }: LogitNode, x: tfjs.Tensor4D, weightOf: WeightOf) {
  const mean = tf.mean(x, [1, 2]) as tfjs.Tensor2D;
  const logit = tf.add(
    tf.matMul(mean, weightOf(`${name}/kernel`) as tfjs.Tensor2D),
    weightOf(`${name}/bias`),
  );
  return tf.reshape(logit, [x.shape[0]]);
}

/** Normalizations by the convolution that they follow. */
function normalizationsOf(nodes: readonly NetworkNode[]): Map<string, BatchNormNode> {
  const found = new Map<string, BatchNormNode>();
  for (const node of nodes) if (node.kind === "batchNorm") found.set(node.input, node);
  for (const node of nodes) {
    const read = inputsOf(node).find((input) => node.kind !== "batchNorm" && found.has(input));
    if (read) throw new Error(`The step ${node.name} reads ${read} before its normalization`);
  }
  return found;
}

function convolutionBefore(nodes: readonly NetworkNode[], { name, input }: BatchNormNode): ConvolutionNode {
  const before = nodes.find((node) => node.name === input);
  if (before?.kind !== "convolution") throw new Error(`The step ${name} does not normalize a convolution`);
  return before;
}

/** How often each output is read, the caller's wish counting as one. */
function countReads(
  nodes: readonly NetworkNode[],
  normalizations: ReadonlyMap<string, BatchNormNode>,
  wanted: readonly string[],
): Map<string, number> {
  const reads = new Map<string, number>();
  const count = (name: string) => reads.set(name, (reads.get(name) ?? 0) + 1);
  for (const name of wanted) count(name);
  for (const node of nodes) {
    if (node.kind === "convolution" && normalizations.has(node.name)) continue;
    const reader = node.kind === "batchNorm" ? convolutionBefore(nodes, node) : node;
    for (const name of inputsOf(reader)) count(name);
  }
  return reads;
}
