import { type OnnxAttribute, type OnnxNode, type OnnxTensor, type OnnxValueInfo, onnx } from "./onnx-proto";

const { AttributeType } = onnx.AttributeProto;
const { DataType } = onnx.TensorProto;

/** An attribute of an ONNX operator: whole numbers, or a text. */
type Attribute = number | readonly number[] | string;

/** Lengths of a tensor; a text names a length that is open. */
type Lengths = readonly (number | string)[];

/**
 * Collects operators and constants and writes them as an ONNX model (onnx.ai, IR version 8, operator set 17), for
 * float32 values. Only what inference here needs.
 */
export class OnnxGraph {
  readonly #nodes: OnnxNode[] = [];
  readonly #constants: OnnxTensor[] = [];

  constructor(private readonly name: string) {}

  /** Adds an operator whose single output is called `output`; returns `output`. An empty input is one left out. */
  add(
    operator: string,
    inputs: string[],
    output: string,
    attributes: Record<string, Attribute> = {},
  ): string {
    const attribute = Object.entries(attributes).map(([name, value]) => toAttribute(name, value));
    this.#nodes.push({ opType: operator, input: inputs, output: [output], name: output, attribute });
    return output;
  }

  /** Adds a float32 constant; returns its name. */
  constant(name: string, shape: readonly number[], values: Float32Array): string {
    this.#constants.push({ name, dims: [...shape], dataType: DataType.FLOAT, rawData: bytesOf(values) });
    return name;
  }

  /** Adds a constant list of whole numbers; returns its name. */
  integers(name: string, values: readonly number[]): string {
    const rawData = bytesOf(BigInt64Array.from(values, BigInt));
    this.#constants.push({ name, dims: [values.length], dataType: DataType.INT64, rawData });
    return name;
  }

  /** The model as ONNX bytes with these inputs and outputs. */
  write(inputs: Record<string, Lengths>, outputs: Record<string, Lengths>): Uint8Array {
    const model = onnx.ModelProto.create({
      irVersion: 8,
      opsetImport: [{ domain: "", version: 17 }],
      producerName: "sulcus",
      graph: {
        name: this.name,
        node: this.#nodes,
        initializer: this.#constants,
        input: Object.entries(inputs).map(toValueInfo),
        output: Object.entries(outputs).map(toValueInfo),
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }
}

function toAttribute(name: string, value: Attribute): OnnxAttribute {
  if (typeof value === "string")
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if (typeof value === "number") return { name, type: AttributeType.INT, i: value };
  return { name, type: AttributeType.INTS, ints: [...value] };
}

function toValueInfo([name, lengths]: [string, Lengths]): OnnxValueInfo {
  const dim = lengths.map((length) =>
    typeof length === "string" ? { dimParam: length } : { dimValue: length },
  );
  return { name, type: { tensorType: { elemType: DataType.FLOAT, shape: { dim } } } };
}

const bytesOf = (values: Float32Array | BigInt64Array) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
