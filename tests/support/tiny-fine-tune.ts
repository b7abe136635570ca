/**
 * Fine-tunes the tiny network on the backend named in the first argument, in a process of its own, and prints each
 * step's losses and the validation loss of each epoch as JSON.
 */

import { startBackend } from "@/lib/engine/tensors/backend";
import { fineTune } from "@/lib/science/training/fine-tune/fine-tune";
import { tinyNetwork, tinySlices, tinyWeights } from "./tiny-network";

const name = process.argv[2] as Parameters<typeof startBackend>[0];
const tf = await startBackend(name);
const losses: number[] = [];
await fineTune(tf, {
  network: tinyNetwork(),
  weights: tinyWeights(),
  train: tinySlices(22, 1),
  validation: tinySlices(9, 2),
  options: { seed: 4, learningRate: 1e-3, warmUpSteps: 5, batchSize: 8, maxEpochs: 2 },
  slicesAtOnce: 4,
  onStep: ({ classLoss, maskLoss }) => void losses.push(classLoss, maskLoss),
  onEpoch: ({ validation }) => void losses.push(validation.loss),
});
// A live WebGPU device keeps Node: what was printed must leave it first.
process.stdout.write(`${JSON.stringify({ backend: tf.getBackend(), losses })}\n`, () => process.exit(0));
