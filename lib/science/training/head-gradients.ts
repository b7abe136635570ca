import type * as TensorFlow from "@tensorflow/tfjs";

/**
 * One layer while it is fitted: `kernel` is `[outputs, inputs]`, the other way round than in a finished head. The
 * product with a batch then packs the batch and not the kernel, which changes with every batch: three times faster
 * on WebAssembly, and the step back through the layer needs no transposition.
 */
export interface FittingLayer {
  kernel: Float32Array;
  bias: Float32Array;
}

export interface HeadBatch {
  /** `[rows, inputs]` */
  features: Float32Array;
  /** `[rows]`, 1 for tumor. */
  truth: Uint8Array;
  /** `[rows]`: what each row weighs in the loss. */
  weights: Float32Array;
  /** One per hidden layer, `[rows, width]`: its values are multiplied by this after relu (dropout). */
  keep: Float32Array[];
  /** Share of each target that is spread over both classes. */
  labelSmoothing: number;
}

export interface HeadGradients {
  /** Of the weighted mean of the cross-entropy, in the layers' own shapes. */
  layers: FittingLayer[];
  /** Sum over rows of weight times cross-entropy, in nats, and the sum of weights. */
  lossSum: number;
  weightSum: number;
}

/**
 * Forward and backward pass of a head over one batch. Written out rather than traced by `tf.grad`: the features
 * need no gradient, and the one of the first layer's input would cost as much as all the rest.
 */
export async function headGradients(
  tf: typeof TensorFlow,
  layers: readonly FittingLayer[],
  { features, truth, weights, keep, labelSmoothing }: HeadBatch,
): Promise<HeadGradients> {
  const rows = truth.length;
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const share = Float32Array.from(weights, (weight) => weight / weightSum);
  const target = Float32Array.from({ length: 2 * rows }, (_, index) => {
    const isTrue = (truth[index >> 1] === 1) === ((index & 1) === 1);
    return isTrue ? 1 - labelSmoothing / 2 : labelSmoothing / 2;
  });

  const tensors = tf.tidy(() => {
    const kernels = layers.map(({ kernel, bias }) => {
      return tf.tensor2d(kernel, [bias.length, kernel.length / bias.length]);
    });
    const masks = keep.map((mask, index) => tf.tensor2d(mask, [rows, layers[index]!.bias.length]));

    // What each layer reads, then the logits.
    const values = [tf.tensor2d(features, [rows, features.length / rows])];
    for (const [index, kernel] of kernels.entries()) {
      const sums = tf.add(
        tf.transpose(tf.matMul(kernel, values[index]!, false, true)),
        tf.tensor1d(layers[index]!.bias),
      );
      values.push(
        (index < masks.length ? tf.mul(tf.relu(sums), masks[index]!) : sums) as TensorFlow.Tensor2D,
      );
    }
    const p = tf.softmax(values.at(-1)!);
    const logP = tf.logSoftmax(values.at(-1)!);

    let slope = tf.mul(tf.sub(p, tf.tensor2d(target, [rows, 2])), tf.tensor2d(share, [rows, 1]));
    const gradients: TensorFlow.Tensor[] = [];
    for (let index = layers.length - 1; index >= 0; index--) {
      gradients.unshift(tf.matMul(slope as TensorFlow.Tensor2D, values[index]!, true), tf.sum(slope, 0));
      if (index === 0) break;
      // A hidden value is above 0 exactly where relu passed it and dropout kept it.
      const passed = tf.mul(tf.step(values[index]!), masks[index - 1]!);
      slope = tf.mul(tf.matMul(slope as TensorFlow.Tensor2D, kernels[index]!), passed);
    }
    return [logP, ...gradients];
  });

  try {
    const [logP, ...gradients] = (await Promise.all(
      tensors.map((tensor) => tensor.data()),
    )) as Float32Array[];
    let lossSum = 0;
    for (let index = 0; index < 2 * rows; index++) {
      // 0 times an infinite logarithm would not be 0.
      if (target[index]! > 0) lossSum -= weights[index >> 1]! * target[index]! * logP![index]!;
    }
    return {
      layers: layers.map((_, index) => ({ kernel: gradients[2 * index]!, bias: gradients[2 * index + 1]! })),
      lossSum,
      weightSum,
    };
  } finally {
    tf.dispose(tensors);
  }
}
