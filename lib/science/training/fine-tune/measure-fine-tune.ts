import type * as tfjs from "@tensorflow/tfjs";
import type { Weights } from "../../network/weights";
import { batchGradients } from "./batch-gradients";
import { type FineTuneNetwork, networkParts } from "./network-parts";
import { type FineTuneSet, prepareBatch } from "./prepare-batch";
import { validateNetwork } from "./validate-network";

/** Seconds that a slice takes here, training (gradients included) and validating. */
export interface FineTunePace {
  secondsPerTrainingSlice: number;
  secondsPerValidationSlice: number;
}

/**
 * Times one pass of each kind with slices from the front of a set: what a whole fine-tuning would take can be said
 * before it begins. Takes as long as the two passes. No tensor is left behind.
 */
export async function measureFineTune(
  tf: typeof tfjs,
  network: FineTuneNetwork,
  weights: Weights,
  set: FineTuneSet,
  { slicesAtOnce, signal }: { slicesAtOnce: number; signal?: AbortSignal },
): Promise<FineTunePace> {
  const tensors = new Map(
    [...weights].map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
  );
  const runnable = {
    ...network,
    parts: networkParts(network),
    weightOf: (name: string) => tensors.get(name)!,
  };
  const slices = Math.min(slicesAtOnce, set.length);
  const few: FineTuneSet = { length: slices, slice: (index) => set.slice(index) };
  const passes = { maskWeight: 1, slicesAtOnce, signal };
  try {
    const begunAt = tf.util.now();
    await validateNetwork(tf, runnable, few, passes);
    const validatedAt = tf.util.now();
    const indices = Array.from({ length: slices }, (_, index) => index);
    const batch = await prepareBatch(few, indices, network, null);
    const { gradients } = await batchGradients(tf, runnable, batch, passes);
    const trainedAt = tf.util.now();
    tf.dispose([...gradients.values()]);
    return {
      secondsPerTrainingSlice: (trainedAt - validatedAt) / 1_000 / slices,
      secondsPerValidationSlice: (validatedAt - begunAt) / 1_000 / slices,
    };
  } finally {
    tf.dispose([...tensors.values()]);
  }
}
