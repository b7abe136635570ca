import type * as tfjs from "@tensorflow/tfjs";

/**
 * What fine-tuning minimises, slice by slice:
 * - class: cross-entropy of the class's logit, in nats
 * - mask: mean cross-entropy of the mask's logits plus soft Dice (Milletari et al. 2016, arXiv:1606.04797),
 *   1 - (2 sum(p t) + 1) / (sum(p) + sum(t) + 1), with p the sigmoid of the logits
 *
 * `t` of a mask's pixel is the share of the slice's pixels below it that are tumor. Taken by slice and not over a
 * batch, the losses do not depend on how a batch is divided.
 */
export interface SliceLosses {
  classLoss: number;
  /** Null where the slice states no mask. */
  maskLoss: number | null;
}

/** The losses of one slice; `maskLogits` and `maskTarget` are `[maskSize, maskSize]`, the target null without a mask. */
export function sliceLosses(
  classLogit: number,
  truth: 0 | 1,
  maskLogits: Float32Array,
  maskTarget: Float32Array | null,
): SliceLosses {
  const classLoss = crossEntropy(classLogit, truth);
  if (!maskTarget) return { classLoss, maskLoss: null };
  let [entropy, both, predicted, stated] = [0, 0, 0, 0];
  for (const [pixel, target] of maskTarget.entries()) {
    const logit = maskLogits[pixel]!;
    const p = 1 / (1 + Math.exp(-logit));
    entropy += crossEntropy(logit, target);
    both += p * target;
    predicted += p;
    stated += target;
  }
  const dice = 1 - (2 * both + 1) / (predicted + stated + 1);
  return { classLoss, maskLoss: entropy / maskTarget.length + dice };
}

function crossEntropy(logit: number, target: number): number {
  return Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
}

/** The slices of one pass through the network, as tensors' values. */
export interface LossTargets {
  /** `[slices]`, 1 for tumor, else 0. */
  truth: Float32Array;
  /** `[slices]`: what each slice's class loss weighs. */
  classShare: Float32Array;
  /** `[slices, maskSize, maskSize]`; zeros where no mask is stated. */
  maskTarget: Float32Array;
  /** `[slices]`: what each slice's mask loss weighs; 0 where no mask is stated. */
  maskShare: Float32Array;
}

/** The same losses on tensors, summed over slices with their shares: scalars of class and mask. */
export function lossesOf(
  tf: typeof tfjs,
  classLogits: tfjs.Tensor,
  maskLogits: tfjs.Tensor,
  { truth, classShare, maskTarget, maskShare }: LossTargets,
): { classLoss: tfjs.Scalar; maskLoss: tfjs.Scalar } {
  const slices = truth.length;
  const entropies = (logits: tfjs.Tensor, targets: tfjs.Tensor) =>
    tf.sub(tf.softplus(logits), tf.mul(logits, targets));
  const weighted = (losses: tfjs.Tensor, shares: Float32Array) =>
    tf.sum(tf.mul(losses, tf.tensor1d(shares))) as tfjs.Scalar;

  const flat = tf.reshape(maskLogits, [slices, -1]);
  const target = tf.reshape(tf.tensor1d(maskTarget), flat.shape as [number, number]);
  const p = tf.sigmoid(flat);
  const dice = tf.sub(
    1,
    tf.div(
      tf.add(tf.mul(tf.sum(tf.mul(p, target), 1), 2), 1),
      tf.add(tf.add(tf.sum(p, 1), tf.sum(target, 1)), 1),
    ),
  );
  return {
    classLoss: weighted(entropies(classLogits, tf.tensor1d(truth)), classShare),
    maskLoss: weighted(tf.add(tf.mean(entropies(flat, target), 1), dice), maskShare),
  };
}

/** A mask `[size, size]` of 0/1 as the share of tumor in each cell of a `[maskSize, maskSize]` grid. */
export function maskTargetOf(mask: Uint8Array, size: number, maskSize: number): Float32Array {
  const step = size / maskSize;
  if (!Number.isInteger(step) || mask.length !== size * size)
    throw new RangeError(`${mask.length} pixels are not a mask over ${maskSize} x ${maskSize} cells`);
  const target = new Float32Array(maskSize * maskSize);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (!mask[pixel]) continue;
    const row = Math.floor(Math.floor(pixel / size) / step);
    const column = Math.floor((pixel % size) / step);
    target[row * maskSize + column]! += 1;
  }
  return target.map((count) => count / step ** 2);
}
