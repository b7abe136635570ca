import type * as tfjs from "@tensorflow/tfjs";
import { type AdamOptions, EPSILON, FIRST_DECAY, SECOND_DECAY } from "./adam";

/** A parameter with the first and second moments of its gradient, all of one shape. */
export interface AdamTensors {
  value: tfjs.Tensor;
  first: tfjs.Tensor;
  second: tfjs.Tensor;
}

/**
 * One step of Adam as {@link adamStep} does it, on tensors: for networks whose weights would otherwise travel between
 * a GPU and this process with each step. Gives new tensors; the old ones are the caller's to dispose of. `step` is 1
 * for the first.
 */
export function adamTensorStep(
  tf: typeof tfjs,
  { value, first, second }: AdamTensors,
  gradient: tfjs.Tensor,
  step: number,
  { learningRate, weightDecay }: AdamOptions,
): AdamTensors {
  const stepSize = learningRate / (1 - FIRST_DECAY ** step);
  const rootCorrection = 1 / Math.sqrt(1 - SECOND_DECAY ** step);
  const [nextValue, nextFirst, nextSecond] = tf.tidy(() => {
    const slope = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(value, weightDecay));
    const mean = tf.add(tf.mul(first, FIRST_DECAY), tf.mul(slope, 1 - FIRST_DECAY));
    const square = tf.add(tf.mul(second, SECOND_DECAY), tf.mul(tf.square(slope), 1 - SECOND_DECAY));
    const divisor = tf.add(tf.mul(tf.sqrt(square), rootCorrection), EPSILON);
    return [tf.sub(value, tf.div(tf.mul(mean, stepSize), divisor)), mean, square];
  });
  return { value: nextValue!, first: nextFirst!, second: nextSecond! };
}
