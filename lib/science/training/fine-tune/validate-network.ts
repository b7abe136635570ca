import type * as tfjs from "@tensorflow/tfjs";
import { rocAuc } from "../../metrics/roc";
import { NETWORK_INPUT } from "../../network/network-node";
import { runNetwork, type WeightOf } from "../../network/run-network";
import type { Weights } from "../../network/weights";
import type { ValidationFigures } from "./fine-tune-state";
import type { FineTuneNetwork } from "./network-parts";
import { type FineTuneSet, prepareBatch } from "./prepare-batch";
import { sliceLosses } from "./slice-losses";

export interface ValidationOptions {
  maskWeight: number;
  slicesAtOnce: number;
  /** Looked at before each pass; its reason is thrown. */
  signal?: AbortSignal;
}

/** Figures of a network with these weights. No tensor is left behind, whatever happens. */
export async function validateWeights(
  tf: typeof tfjs,
  network: FineTuneNetwork,
  weights: Weights,
  set: FineTuneSet,
  options: ValidationOptions,
): Promise<ValidationFigures> {
  const tensors = new Map(
    [...weights].map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
  );
  try {
    return await validateNetwork(tf, { ...network, weightOf: (name) => tensors.get(name)! }, set, options);
  } finally {
    tf.dispose([...tensors.values()]);
  }
}

/** Runs the network over a set as it is, without augmentation, and gives its figures. */
export async function validateNetwork(
  tf: typeof tfjs,
  network: FineTuneNetwork & { weightOf: WeightOf },
  set: FineTuneSet,
  { maskWeight, slicesAtOnce, signal }: ValidationOptions,
): Promise<ValidationFigures> {
  const { nodes, weightOf, size, maskSize, classOutput, maskOutput } = network;
  const truth = new Uint8Array(set.length);
  const scores = new Float32Array(set.length);
  let [classSum, maskSum, masked] = [0, 0, 0];
  let [both, predicted, stated] = [0, 0, 0];
  for (let first = 0; first < set.length; first += slicesAtOnce) {
    signal?.throwIfAborted();
    const count = Math.min(slicesAtOnce, set.length - first);
    const indices = Array.from({ length: count }, (_, index) => first + index);
    const batch = await prepareBatch(set, indices, network, null);
    const outputs = tf.tidy(() => {
      const image = tf.tensor4d(batch.images, [count, size, size, 3]);
      const wanted = [classOutput, maskOutput];
      const run = runNetwork(tf, nodes, weightOf, {
        given: new Map([[NETWORK_INPUT, image]]),
        wanted,
        frees: true,
      });
      return wanted.map((name) => run.get(name)!);
    });
    const [classLogits, maskLogits] = (await Promise.all(
      outputs.map((tensor) => tensor.data().finally(() => tensor.dispose())),
    )) as [Float32Array, Float32Array];

    for (const [row, target] of batch.masks.entries()) {
      const logits = maskLogits.subarray(row * maskSize ** 2, (row + 1) * maskSize ** 2);
      const losses = sliceLosses(classLogits[row]!, batch.truth[row] ? 1 : 0, logits, target);
      truth[first + row] = batch.truth[row]!;
      scores[first + row] = classLogits[row]!;
      classSum += losses.classLoss;
      if (!target || losses.maskLoss === null) continue;
      masked++;
      maskSum += losses.maskLoss;
      for (const [pixel, share] of target.entries()) {
        const isTumor = share >= 0.5;
        const isProposed = logits[pixel]! > 0;
        if (isTumor) stated++;
        if (isProposed) predicted++;
        if (isTumor && isProposed) both++;
      }
    }
    await tf.nextFrame();
  }
  const classLoss = classSum / set.length;
  const maskLoss = masked > 0 ? maskSum / masked : null;
  return {
    loss: classLoss + maskWeight * (maskLoss ?? 0),
    classLoss,
    maskLoss,
    auc: rocAuc(truth, scores),
    dice: predicted + stated > 0 ? (2 * both) / (predicted + stated) : null,
  };
}
