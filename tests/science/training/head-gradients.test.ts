import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { headGradients } from "@/lib/science/training/head-gradients";
import { madeUpFeatures, smallHead } from "./small-head";

test("the written-out gradients equal those that TensorFlow.js derives, dropout and weights included", async () => {
  const { tf } = await pickBackend();
  const widths = [6, 5, 4, 2];
  // Drawn as [outputs, inputs].
  const { layers } = smallHead(widths, 1);
  const { features, truth } = madeUpFeatures(7, 6, 1, 2);
  const weights = Float32Array.from(truth, (value) => (value ? 2 : 0.5));
  const keep = [5, 4].map((width) =>
    Float32Array.from({ length: 7 * width }, (_, index) => (index % 3 ? 1.5 : 0)),
  );
  const before = tf.memory().numTensors;
  const found = await headGradients(tf, layers, {
    features,
    truth,
    weights,
    keep,
    labelSmoothing: 0,
  });
  expect(tf.memory().numTensors).toBe(before);

  const parameters = layers.flatMap(({ kernel, bias }, index) => [
    tf.tensor2d(kernel, [bias.length, widths[index]!]) as Tensor,
    tf.tensor1d(bias) as Tensor,
  ]);
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
    let values: Tensor = tf.tensor2d(features, [7, 6]);
    for (let layer = 0; layer < 3; layer++) {
      values = tf.add(
        tf.matMul(values as Tensor2D, tensors[2 * layer] as Tensor2D, false, true),
        tensors[2 * layer + 1]!,
      );
      if (layer < 2)
        values = tf.mul(tf.relu(values), tf.tensor2d(keep[layer]!, values.shape as [number, number]));
    }
    const picked = tf.sum(tf.mul(tf.logSoftmax(values), tf.oneHot(tf.tensor1d([...truth], "int32"), 2)), 1);
    return tf.div(tf.sum(tf.mul(picked, tf.tensor1d(weights))), -weightSum) as ReturnType<typeof tf.scalar>;
  })(parameters);

  expect(found.lossSum / found.weightSum).toBeCloseTo(value.dataSync()[0]!, 5);
  for (const [index, gradient] of grads.entries()) {
    const layer = found.layers[index >> 1]!;
    const own = index % 2 === 0 ? layer.kernel : layer.bias;
    const expected = gradient.dataSync();
    expect(own).toHaveLength(expected.length);
    for (const [place, slope] of expected.entries()) expect(own[place]).toBeCloseTo(slope, 5);
  }
  expect(found.layers[0]!.kernel.some((slope) => slope !== 0)).toBe(true);
});
