import { FEATURE_LENGTH } from "./head";
import { CLASS_OUTPUT, MASK_OUTPUT, MASK_SIZE } from "./mask-decoder";
import {
  type BatchNormNode,
  type ConvolutionNode,
  IMAGE_SIZE,
  inputsOf,
  type LogitNode,
  NETWORK_INPUT,
  type NetworkNode,
} from "./network-node";
import { OnnxGraph } from "./onnx-graph";
import { STAGE_OUTPUT } from "./resnet50";
import { valuesOf, type Weights } from "./weights";

/** Raised whenever the graph made of the same weights changes, so that stored graphs are made again. */
export const GRAPH_VERSION = 2;

/** The graph's value that holds the image, channels first: 0 to 1. */
export const IMAGE_VALUE = "image/channels-first";

/**
 * What a graph can give:
 * - `features` `[N, 8192]`: conv5 averaged 4 x 4, flattened row, column, channel, as Keras does
 * - `mask` `[N, 64, 64]`: logits of tumor at a quarter of the image's size
 * - `gap` `[N]`: the base's own class score, a logit
 * - `conv5` `[N, 8, 8, 2048]`: the last stage's output, for heatmaps
 */
export type BackboneOutput = "features" | "mask" | "gap" | "conv5";

const SOURCE: Record<BackboneOutput, string> = {
  features: STAGE_OUTPUT.conv5,
  mask: MASK_OUTPUT,
  gap: CLASS_OUTPUT,
  conv5: STAGE_OUTPUT.conv5,
};

const SHAPE: Record<BackboneOutput, readonly (number | string)[]> = {
  features: ["N", FEATURE_LENGTH],
  mask: ["N", MASK_SIZE, MASK_SIZE],
  gap: ["N"],
  conv5: ["N", 8, 8, 2048],
};

/**
 * The network as an ONNX model with input `image` `[N, 256, 256, 3]` float32, RGB / 255, and the chosen outputs.
 * Steps that no output needs are left out, so a backbone without decoder weights still gives `features`. Batch
 * normalization is folded into the convolution before it. Throws an `Error` where a weight is missing; weights are
 * expected to have passed `checkWeights`.
 */
export function toOnnx(
  nodes: readonly NetworkNode[],
  weights: Weights,
  outputs: readonly BackboneOutput[] = ["features", "mask", "gap"],
): Uint8Array {
  const needed = neededFor(
    nodes,
    outputs.map((output) => SOURCE[output]),
  );
  const graph = new OnnxGraph("backbone");
  const normalizations = new Map(
    needed.filter((node) => node.kind === "batchNorm").map((node) => [node.input, node]),
  );
  const pads = new Map(needed.filter((node) => node.kind === "pad").map((node) => [node.name, node]));

  const image = graph.add("Transpose", [NETWORK_INPUT], IMAGE_VALUE, { perm: [0, 3, 1, 2] });
  const source = (name: string) => {
    const unpadded = pads.get(name)?.input ?? name;
    return unpadded === NETWORK_INPUT ? image : unpadded;
  };
  const padding = (name: string) => pads.get(name)?.amount ?? 0;

  for (const node of needed) {
    switch (node.kind) {
      case "pad":
        break; // the step that it feeds pads by itself
      case "convolution": {
        const amount = node.padding === "same" ? (node.size - 1) / 2 : padding(node.input);
        addConvolution(graph, node, normalizations.get(node.name), weights, source(node.input), amount);
        break;
      }
      case "batchNorm":
        break; // folded into its convolution
      case "relu":
        graph.add("Relu", [source(node.input)], node.name);
        break;
      case "add":
        graph.add("Add", [...node.inputs], node.name);
        break;
      case "maxPool": {
        // ONNX pads with minus infinity and Keras with zero: the same after a relu, which is where Keras pools.
        const pads = Array(4).fill(padding(node.input));
        const attributes = { kernel_shape: square(node.size), strides: square(node.stride), pads };
        graph.add("MaxPool", [source(node.input)], node.name, attributes);
        break;
      }
      case "concat":
        graph.add("Concat", [...node.inputs], node.name, { axis: 1 });
        break;
      case "upsample": {
        const scales = graph.constant(`${node.name}/scales`, [4], Float32Array.of(1, 1, 2, 2));
        const attributes = { mode: "linear", coordinate_transformation_mode: "half_pixel" };
        graph.add("Resize", [source(node.input), "", scales], node.name, attributes);
        break;
      }
      case "logitOfMean":
        addLogitOfMean(graph, node, weights);
        break;
    }
  }
  for (const output of outputs) addOutput(graph, output);
  return graph.write(
    { [NETWORK_INPUT]: ["N", IMAGE_SIZE, IMAGE_SIZE, 3] },
    Object.fromEntries(outputs.map((output) => [output, SHAPE[output]])),
  );
}

/** The steps that lead to `targets`, in order. Throws an `Error` where a target is not in the network. */
function neededFor(nodes: readonly NetworkNode[], targets: readonly string[]): NetworkNode[] {
  const wanted = new Set(targets);
  const needed = nodes.toReversed().filter((node) => {
    if (!wanted.has(node.name)) return false;
    for (const input of inputsOf(node)) wanted.add(input);
    return true;
  });
  const known = new Set([NETWORK_INPUT, ...needed.map((node) => node.name)]);
  for (const name of wanted) if (!known.has(name)) throw new Error(`The network has no step ${name}`);
  return needed.reverse();
}

/** Adds a convolution and the normalization after it as one: its output carries the normalization's name. */
function addConvolution(
  graph: OnnxGraph,
  node: ConvolutionNode,
  normalization: BatchNormNode | undefined,
  weights: Weights,
  input: string,
  padding: number,
) {
  const { name, size, stride, inputs, outputs } = node;
  let scale = new Float32Array(outputs).fill(1);
  let bias = node.bias ? valuesOf(weights, `${name}/bias`) : new Float32Array(outputs);
  if (normalization) ({ scale, bias } = fold(normalization, bias, weights));
  const kernel = toOutputFirst(valuesOf(weights, `${name}/kernel`), size * size, inputs, outputs, scale);
  const constants = [
    graph.constant(`${name}/kernel`, [outputs, inputs, size, size], kernel),
    graph.constant(`${name}/bias`, [outputs], bias),
  ];
  graph.add("Conv", [input, ...constants], normalization?.name ?? name, {
    kernel_shape: square(size),
    strides: square(stride),
    pads: Array(4).fill(padding),
  });
}

/** y = gamma (x + bias - mean) / sqrt(variance + epsilon) + beta, written as scale x + bias. */
function fold({ name, channels, epsilon }: BatchNormNode, bias: Float32Array, weights: Weights) {
  const gamma = valuesOf(weights, `${name}/gamma`);
  const beta = valuesOf(weights, `${name}/beta`);
  const mean = valuesOf(weights, `${name}/moving_mean`);
  const variance = valuesOf(weights, `${name}/moving_variance`);
  const scale = new Float32Array(channels);
  const folded = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const factor = gamma[channel]! / Math.sqrt(variance[channel]! + epsilon);
    scale[channel] = factor;
    folded[channel] = (bias[channel]! - mean[channel]!) * factor + beta[channel]!;
  }
  return { scale, bias: folded };
}

/** Kernel `[taps, inputs, outputs]` (HWIO) to `[outputs, inputs, taps]` (OIHW), each output times its scale. */
function toOutputFirst(
  kernel: Float32Array,
  taps: number,
  inputs: number,
  outputs: number,
  scale: Float32Array,
): Float32Array {
  const result = new Float32Array(kernel.length);
  let from = 0;
  for (let tap = 0; tap < taps; tap++)
    for (let input = 0; input < inputs; input++)
      for (let output = 0; output < outputs; output++)
        result[(output * inputs + input) * taps + tap] = kernel[from++]! * scale[output]!;
  return result;
}

function addLogitOfMean(graph: OnnxGraph, { name, input, channels }: LogitNode, weights: Weights) {
  const mean = graph.add("GlobalAveragePool", [input], `${name}/mean`);
  const flat = graph.add("Flatten", [mean], `${name}/flat`, { axis: 1 });
  const kernel = graph.constant(`${name}/kernel`, [channels, 1], valuesOf(weights, `${name}/kernel`));
  const bias = graph.constant(`${name}/bias`, [1], valuesOf(weights, `${name}/bias`));
  const logit = graph.add("Gemm", [flat, kernel, bias], `${name}/logit`);
  graph.add("Squeeze", [logit, graph.integers(`${name}/axes`, [1])], name);
}

function addOutput(graph: OnnxGraph, output: BackboneOutput) {
  const toChannelsLast = { perm: [0, 2, 3, 1] };
  switch (output) {
    case "features": {
      const window = { kernel_shape: square(4), strides: square(4) };
      const pooled = graph.add("AveragePool", [SOURCE.features], "features/pooled", window);
      const channelsLast = graph.add("Transpose", [pooled], "features/channels-last", toChannelsLast);
      graph.add("Flatten", [channelsLast], "features", { axis: 1 });
      break;
    }
    case "mask":
      graph.add("Squeeze", [SOURCE.mask, graph.integers("mask/axes", [1])], "mask");
      break;
    case "gap":
      break; // the step itself
    case "conv5":
      graph.add("Transpose", [SOURCE.conv5], "conv5", toChannelsLast);
      break;
  }
}

const square = (length: number) => [length, length];
