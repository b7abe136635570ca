import type * as TensorFlow from "@tensorflow/tfjs";
import { checkHead, denseShape, type HeadWeights } from "../network/head";

/** Rows in one matrix product; more use memory without gaining speed. */
const ROWS_AT_ONCE = 256;

/**
 * A head's logits, `[slices, 2]` in the order of `HEAD_CLASSES`, for `features`, `[slices, inputs]` row by row.
 * No dropout. Leaves no tensor behind. Throws a `RangeError` where features and head do not fit.
 */
export async function headLogits(
  tf: typeof TensorFlow,
  head: HeadWeights,
  features: Float32Array,
  signal?: AbortSignal,
): Promise<Float32Array> {
  checkHead(head);
  const { inputs } = denseShape(head.layers[0]!);
  const slices = features.length / inputs;
  if (!Number.isInteger(slices)) {
    throw new RangeError(`${features.length} features are no whole number of rows of ${inputs}`);
  }
  const { outputs } = denseShape(head.layers.at(-1)!);
  const logits = new Float32Array(slices * outputs);
  const layers = head.layers.map((layer) => {
    const shape = denseShape(layer);
    return {
      kernel: tf.tensor2d(layer.kernel, [shape.inputs, shape.outputs]),
      bias: tf.tensor1d(layer.bias),
    };
  });
  try {
    for (let first = 0; first < slices; first += ROWS_AT_ONCE) {
      signal?.throwIfAborted();
      const rows = Math.min(ROWS_AT_ONCE, slices - first);
      const result = tf.tidy(() => {
        let values = tf.tensor2d(features.subarray(first * inputs, (first + rows) * inputs), [rows, inputs]);
        for (const [index, { kernel, bias }] of layers.entries()) {
          values = tf.add(tf.matMul(values, kernel), bias);
          if (index + 1 < layers.length) values = tf.relu(values);
        }
        return values;
      });
      try {
        logits.set((await result.data()) as Float32Array, first * outputs);
      } finally {
        result.dispose();
      }
      await tf.nextFrame();
    }
  } finally {
    for (const { kernel, bias } of layers) tf.dispose([kernel, bias]);
  }
  return logits;
}
