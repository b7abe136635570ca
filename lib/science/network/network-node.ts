/**
 * One step of a convolutional network, described and not run. `name` is unique and names the step's output and, for
 * steps with weights, their prefix: `<name>/kernel`. `input` is the name of the step that feeds it, or
 * {@link NETWORK_INPUT}. All values are `[N, height, width, channels]`.
 */
export type NetworkNode =
  | { kind: "pad"; name: string; input: string; amount: number }
  | ConvolutionNode
  | BatchNormNode
  | { kind: "relu"; name: string; input: string }
  | { kind: "add"; name: string; inputs: readonly [string, string] }
  | { kind: "maxPool"; name: string; input: string; size: number; stride: number }
  | { kind: "concat"; name: string; inputs: readonly [string, string] }
  | { kind: "upsample"; name: string; input: string }
  | LogitNode;

/** 2-d convolution; `padding` "same" keeps the size at stride 1, "valid" pads nothing. Kernel HWIO. */
export interface ConvolutionNode {
  kind: "convolution";
  name: string;
  input: string;
  size: number;
  stride: number;
  padding: "valid" | "same";
  inputs: number;
  outputs: number;
  bias: boolean;
}

/** Batch normalization with its running statistics (Ioffe and Szegedy 2015, arXiv:1502.03167). */
export interface BatchNormNode {
  kind: "batchNorm";
  name: string;
  input: string;
  channels: number;
  epsilon: number;
}

/** One logistic unit before its sigmoid, on the mean over height and width; gives `[N]`. Kernel `[inputs, 1]`. */
export interface LogitNode {
  kind: "logitOfMean";
  name: string;
  input: string;
  channels: number;
}

/** What the first step reads: `[N, 256, 256, 3]`, RGB / 255. */
export const NETWORK_INPUT = "image";

/** Rows and columns of an image. */
export const IMAGE_SIZE = 256;

/** Values of one image: rows x columns x RGB. */
export const IMAGE_LENGTH = IMAGE_SIZE * IMAGE_SIZE * 3;

/** Names of the steps that feed `node`. */
export function inputsOf(node: NetworkNode): readonly string[] {
  return "input" in node ? [node.input] : node.inputs;
}
