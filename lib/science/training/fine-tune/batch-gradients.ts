import type * as tfjs from "@tensorflow/tfjs";
import { NETWORK_INPUT } from "../../network/network-node";
import { runNetwork, type WeightOf } from "../../network/run-network";
import type { FineTuneNetwork, NetworkParts } from "./network-parts";
import type { FineTuneBatch } from "./prepare-batch";
import { type LossTargets, lossesOf } from "./slice-losses";

/** A network ready to be run: its parts, and every weight as a tensor. */
export interface RunnableNetwork extends FineTuneNetwork {
  parts: NetworkParts;
  weightOf: WeightOf;
}

export interface BatchGradients {
  /** By weight; the caller's to dispose of. */
  gradients: Map<string, tfjs.Tensor>;
  /** Mean over the batch's slices, in nats. */
  classLoss: number;
  /** Mean over the batch's slices that state a mask; 0 where none does. */
  maskLoss: number;
}

export interface GradientOptions {
  /** What the mask loss weighs beside the class loss. */
  maskWeight: number;
  /** Slices in one pass: bounds the memory. A batch's gradients are the sum over its passes. */
  slicesAtOnce: number;
  /** Looked at before each pass; its reason is thrown. */
  signal?: AbortSignal;
}

/**
 * Gradients of the mean class loss over a batch plus the weighted mean mask loss over its slices that state a mask.
 * The steps that do not learn run first and without gradients. No other tensor is left behind, whatever happens.
 */
export async function batchGradients(
  tf: typeof tfjs,
  network: RunnableNetwork,
  batch: FineTuneBatch,
  { maskWeight, slicesAtOnce, signal }: GradientOptions,
): Promise<BatchGradients> {
  const slices = batch.truth.length;
  const masked = batch.masks.filter((mask) => mask !== null).length;
  const result: BatchGradients = { gradients: new Map(), classLoss: 0, maskLoss: 0 };
  try {
    for (let first = 0; first < slices; first += slicesAtOnce) {
      signal?.throwIfAborted();
      const last = Math.min(first + slicesAtOnce, slices);
      const targets = targetsOf(batch, first, last, network.maskSize, slices, masked);
      const { gradients, losses } = passGradients(
        tf,
        network,
        imageTensor(tf, batch, first, last, network.size),
        targets,
        maskWeight,
      );
      addTo(tf, result.gradients, gradients);
      const [classLoss, maskLoss] = await losses.data().finally(() => losses.dispose());
      result.classLoss += classLoss!;
      result.maskLoss += maskLoss!;
      // A pass may take seconds on a CPU; the event loop needs its turn.
      await tf.nextFrame();
    }
    return result;
  } catch (error) {
    tf.dispose([...result.gradients.values()]);
    throw error;
  }
}

/** Takes over `images`. `losses` is `[2]`: class, mask. */
function passGradients(
  tf: typeof tfjs,
  { parts, weightOf, classOutput, maskOutput }: RunnableNetwork,
  images: tfjs.Tensor4D,
  targets: LossTargets,
  maskWeight: number,
): { gradients: Map<string, tfjs.Tensor>; losses: tfjs.Tensor } {
  const { fixed, border, learning, learningWeights } = parts;
  const results = tf.tidy(() => {
    const given = runNetwork(tf, fixed, weightOf, {
      given: new Map([[NETWORK_INPUT, images]]),
      wanted: border,
      frees: true,
    });
    if (!border.includes(NETWORK_INPUT)) images.dispose();
    let losses: tfjs.Tensor | undefined;
    const { grads } = tf.valueAndGrads((...values: tfjs.Tensor[]) => {
      const learned = new Map(learningWeights.map((name, index) => [name, values[index]!]));
      const outputs = runNetwork(tf, learning, (name) => learned.get(name) ?? weightOf(name), {
        given,
        wanted: [classOutput, maskOutput],
      });
      const { classLoss, maskLoss } = lossesOf(
        tf,
        outputs.get(classOutput)!,
        outputs.get(maskOutput)!,
        targets,
      );
      losses = tf.keep(tf.stack([classLoss, maskLoss]));
      return tf.add(classLoss, tf.mul(maskLoss, maskWeight));
    })(learningWeights.map(weightOf));
    return [losses!, ...grads];
  });
  images.dispose();
  const [losses, ...gradients] = results as [tfjs.Tensor, ...tfjs.Tensor[]];
  return { losses, gradients: new Map(learningWeights.map((name, index) => [name, gradients[index]!])) };
}

function addTo(tf: typeof tfjs, sums: Map<string, tfjs.Tensor>, parts: ReadonlyMap<string, tfjs.Tensor>) {
  for (const [name, part] of parts) {
    const sum = sums.get(name);
    sums.set(name, sum ? tf.add(sum, part) : part);
    if (sum) tf.dispose([sum, part]);
  }
}

function imageTensor(
  tf: typeof tfjs,
  { images }: FineTuneBatch,
  first: number,
  last: number,
  size: number,
): tfjs.Tensor4D {
  const length = size * size * 3;
  return tf.tensor4d(images.subarray(first * length, last * length), [last - first, size, size, 3]);
}

/** Targets of slices `first` to before `last`, whose losses weigh as in the whole batch. */
function targetsOf(
  { truth, masks }: FineTuneBatch,
  first: number,
  last: number,
  maskSize: number,
  slices: number,
  masked: number,
): LossTargets {
  const own = masks.slice(first, last);
  const maskTarget = new Float32Array(own.length * maskSize * maskSize);
  for (const [row, mask] of own.entries()) if (mask) maskTarget.set(mask, row * maskSize * maskSize);
  return {
    truth: Float32Array.from(truth.subarray(first, last)),
    classShare: new Float32Array(own.length).fill(1 / slices),
    maskTarget,
    maskShare: Float32Array.from(own, (mask) => (mask ? 1 / masked : 0)),
  };
}
