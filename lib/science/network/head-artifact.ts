import { floatToHalf, halfToFloat } from "./half";
import { checkHead, type DenseWeights, denseShape, type HeadWeights } from "./head";
import { readSafetensors, type StoredTensor, writeSafetensors } from "./safetensors";

/** Named in an artifact's metadata, so that other safetensors files are refused. */
const FORMAT = "sulcus-head-v1";

/**
 * The head with its kernels rounded to the nearest half-precision value, as its artifact will store them. Figures
 * are to be measured on the rounded head, so that they belong to the model that is shipped.
 */
export function roundToHalf(head: HeadWeights): HeadWeights {
  return {
    layers: head.layers.map(({ kernel, bias }) => ({
      kernel: halfToFloat(floatToHalf(kernel)),
      bias: bias.slice(),
    })),
  };
}

/**
 * A head as a safetensors file: float16 kernels `dense<i>/kernel` `[inputs, outputs]`, float32 biases, and
 * `metadata` beside them. The same head and metadata give the same bytes. Throws a `RangeError` for layers that do
 * not fit each other or a kernel value beyond half precision's range.
 */
export function encodeHeadArtifact(
  head: HeadWeights,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  checkHead(head);
  const tensors = new Map<string, StoredTensor>();
  head.layers.forEach((layer, index) => {
    const { inputs, outputs } = denseShape(layer);
    if (!halfToFloat(floatToHalf(layer.kernel)).every(Number.isFinite))
      throw new RangeError(`layer ${index + 1} has a value that half precision cannot hold`);
    tensors.set(`dense${index}/kernel`, { dtype: "F16", shape: [inputs, outputs], values: layer.kernel });
    tensors.set(`dense${index}/bias`, { dtype: "F32", shape: [outputs], values: layer.bias });
  });
  return writeSafetensors(tensors, { ...metadata, format: FORMAT });
}

/**
 * Reads what `encodeHeadArtifact` wrote. Throws an `Error` in words for a file that is broken, is not a head, or
 * whose layers do not fit each other.
 */
export function decodeHeadArtifact(bytes: Uint8Array): {
  head: HeadWeights;
  metadata: Record<string, string>;
} {
  const { tensors, metadata } = readSafetensors(bytes);
  const { format, ...own } = metadata;
  if (format !== FORMAT) throw new Error(`Not a head: its format is ${format ?? "not named"}`);
  const layers: DenseWeights[] = [];
  for (let index = 0; index < tensors.size / 2; index++) {
    const kernel = tensors.get(`dense${index}/kernel`);
    const bias = tensors.get(`dense${index}/bias`);
    if (!kernel || !bias) throw new Error(`Not a head: layer ${index + 1} is not complete`);
    if (kernel.shape.length !== 2 || kernel.shape[1] !== bias.values.length)
      throw new Error(`Not a head: the kernel and bias of layer ${index + 1} do not fit each other`);
    layers.push({ kernel: kernel.values, bias: bias.values });
  }
  const head = { layers };
  checkHead(head);
  return { head, metadata: own };
}
