import { type OnnxNode, type OnnxTensor, onnx } from "./onnx-proto";

const { DataType } = onnx.TensorProto;
const { AttributeType } = onnx.AttributeProto;

/** Smallest and largest value that is kept of a tensor; values beyond are clipped. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** Operators whose inputs become 8-bit; all others read the values that 8 bits have left. */
const QUANTIZED = new Set(["Conv", "Add", "Concat", "Resize", "MaxPool"]);

type Graph = ReturnType<typeof readGraph>;

/**
 * Names of the float values whose ranges `quantizeGraph` needs, in the order in which they are computed.
 * `inFloat` says of an operator (its output's name) that it stays as it is.
 */
export function valuesToCalibrate(
  model: Uint8Array,
  inFloat: (name: string) => boolean = () => false,
): string[] {
  const graph = readGraph(model);
  const names = new Set<string>();
  for (const node of graph.nodes)
    if (isQuantized(node, inFloat)) for (const input of activations(graph, node)) names.add(input);
  return [...names];
}

/** The same model with these inner values as its only outputs, to measure their ranges. */
export function exposeValues(model: Uint8Array, names: readonly string[]): Uint8Array {
  const { proto } = readGraph(model);
  const elemType = DataType.FLOAT;
  proto.graph!.output = names.map((name) =>
    onnx.ValueInfoProto.create({ name, type: { tensorType: { elemType } } }),
  );
  return onnx.ModelProto.encode(proto).finish();
}

/**
 * Quantises a float32 model to 8 bits, statically (Jacob et al. 2018, arXiv:1712.05877): activations uint8 with one
 * scale and zero point a tensor from `ranges`, kernels of convolutions int8 with one scale an output channel and no
 * zero point, their biases int32 at the scale of the sums. Written as pairs of QuantizeLinear and DequantizeLinear, which
 * ONNX Runtime fuses with the operator between them to integer arithmetic. Inputs and outputs of the model stay float32.
 *
 * Throws an `Error` where a range is missing.
 */
export function quantizeGraph(
  model: Uint8Array,
  ranges: ReadonlyMap<string, ValueRange>,
  inFloat: (name: string) => boolean = () => false,
): Uint8Array {
  const graph = readGraph(model);
  const nodes: OnnxNode[] = [];
  const rounded = new Map<string, string>();

  const roundTrip = (name: string): string => {
    const known = rounded.get(name);
    if (known) return known;
    const range = ranges.get(name);
    if (!range) throw new Error(`The range of ${name} is not known`);
    const { scale, zeroPoint } = toUint8(range);
    graph.constants.set(`${name}/scale`, floats(`${name}/scale`, [], Float32Array.of(scale)));
    graph.constants.set(`${name}/zero`, bytes(`${name}/zero`, [], DataType.UINT8, Uint8Array.of(zeroPoint)));
    const parameters = [`${name}/scale`, `${name}/zero`];
    nodes.push(
      operator("QuantizeLinear", [name, ...parameters], `${name}/uint8`),
      operator("DequantizeLinear", [`${name}/uint8`, ...parameters], `${name}/rounded`),
    );
    rounded.set(name, `${name}/rounded`);
    return `${name}/rounded`;
  };

  for (const node of graph.nodes) {
    if (isQuantized(node, inFloat)) {
      const own = new Set(activations(graph, node));
      const before = node.input ?? [];
      node.input = before.map((name) => (own.has(name) ? roundTrip(name) : name));
      if (node.opType === "Conv") {
        const range = ranges.get(before[0]!)!;
        nodes.push(...quantizeKernel(graph, node, toUint8(range).scale));
      }
    } else node.input = (node.input ?? []).map((name) => rounded.get(name) ?? name);
    nodes.push(node);
  }
  graph.proto.graph!.node = nodes;
  graph.proto.graph!.initializer = [...graph.constants.values()];
  return onnx.ModelProto.encode(graph.proto).finish();
}

/** Zero is always among the values: padding and closed relus are exact. */
function toUint8({ low, high }: ValueRange): { scale: number; zeroPoint: number } {
  const [from, to] = [Math.min(low, 0), Math.max(high, 0)];
  const scale = Math.fround((to - from) / 255) || 1;
  return { scale, zeroPoint: Math.min(255, Math.max(0, Math.round(-from / scale))) };
}

/** Replaces a convolution's kernel and bias by integers; gives the operators that turn them back into floats. */
function quantizeKernel(graph: Graph, node: OnnxNode, inputScale: number): OnnxNode[] {
  const [input, kernelName, biasName] = node.input as [string, string, string];
  const kernel = graph.constants.get(kernelName)!;
  const values = floatsOf(kernel);
  const channels = Number(kernel.dims![0]);
  const each = values.length / channels;
  const scales = new Float32Array(channels);
  const integers = new Int8Array(values.length);
  for (let channel = 0; channel < channels; channel++) {
    const own = values.subarray(channel * each, (channel + 1) * each);
    const largest = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    scales[channel] = largest / 127 || 1;
    for (let index = 0; index < each; index++)
      integers[channel * each + index] = Math.round(own[index]! / scales[channel]!);
  }
  const bias = floatsOf(graph.constants.get(biasName)!);
  const biasScales = scales.map((scale) => Math.fround(scale * inputScale));
  const sums = Int32Array.from(bias, (value, channel) => Math.round(value / biasScales[channel]!));

  graph.constants.delete(kernelName);
  graph.constants.delete(biasName);
  const dims = kernel.dims!.map(Number);
  const put = (tensor: OnnxTensor) => graph.constants.set(tensor.name!, tensor);
  put(bytes(`${kernelName}/int8`, dims, DataType.INT8, integers));
  put(floats(`${kernelName}/scale`, [channels], scales));
  put(bytes(`${kernelName}/zero`, [channels], DataType.INT8, new Int8Array(channels)));
  put(bytes(`${biasName}/int32`, [channels], DataType.INT32, sums));
  put(floats(`${biasName}/scale`, [channels], biasScales));
  node.input = [input, `${kernelName}/rounded`, `${biasName}/rounded`];
  const axis = [{ name: "axis", type: AttributeType.INT, i: 0 }];
  return [
    operator(
      "DequantizeLinear",
      [`${kernelName}/int8`, `${kernelName}/scale`, `${kernelName}/zero`],
      `${kernelName}/rounded`,
      axis,
    ),
    operator("DequantizeLinear", [`${biasName}/int32`, `${biasName}/scale`], `${biasName}/rounded`, axis),
  ];
}

function readGraph(model: Uint8Array) {
  const proto = onnx.ModelProto.decode(model);
  const constants = new Map<string, OnnxTensor>(
    proto.graph!.initializer!.map((tensor) => [tensor.name!, tensor]),
  );
  return { proto, constants, nodes: proto.graph!.node! as OnnxNode[] };
}

const isQuantized = (node: OnnxNode, inFloat: (name: string) => boolean) =>
  QUANTIZED.has(node.opType!) && !inFloat(node.output![0]!);

const activations = (graph: Graph, node: OnnxNode) =>
  node.input!.filter((name) => name !== "" && !graph.constants.has(name));

const operator = (opType: string, input: string[], output: string, attribute: OnnxNode["attribute"] = []) =>
  ({ opType, input, output: [output], name: output, attribute }) satisfies OnnxNode;

const floats = (name: string, dims: number[], values: Float32Array) =>
  bytes(name, dims, DataType.FLOAT, values);

function bytes(name: string, dims: number[], dataType: number, values: ArrayBufferView): OnnxTensor {
  return {
    name,
    dims,
    dataType,
    rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  };
}

/** A copy, which aligns it. */
const floatsOf = (tensor: OnnxTensor) => new Float32Array(Uint8Array.from(tensor.rawData!).buffer);
