import { openBase } from "@/lib/engine/bases/open-base";
import { readClassifier } from "@/lib/engine/classifier/classifier";
import { keptConv5 } from "@/lib/engine/embedding/kept-conv5";
import { findExplained } from "@/lib/features/predictions/find-explained";
import { explainSliceJob } from "@/lib/features/predictions/jobs";
import { findKeptHeatmap, keepHeatmap } from "@/lib/features/predictions/kept-heatmap";
import { notifyChangeNow } from "@/lib/platform/jobs";
import { classActivation, marginGradient, poolConv5 } from "@/lib/science/network/class-activation";
import type { HeadWeights } from "@/lib/science/network/head";
import { task } from "../task";

/**
 * Makes the heatmap of a slice: which cells of conv5 speak for tumor in the mean margin of a model's heads.
 *
 * Safe to repeat: what is kept is found, conv5 and the heatmap are written whole or not at all, and the same head and
 * pixels give the same values. Cancelling takes effect before the backbone runs and before the heatmap is kept; a
 * conv5 made until then stays for the next time.
 */
export const explainSliceTask = task(explainSliceJob, async ({ sliceId, modelId }, { signal, log }) => {
  const { slice, model } = await findExplained({ sliceId, modelId });
  const subject = { artifactSha256: model.artifactSha256, pixelHash: slice.pixelHash };
  if (await findKeptHeatmap(subject)) {
    log(`slice ${sliceId}: the heatmap of model ${model.number} is there already`);
    return notifyChangeNow("heatmap", sliceId);
  }

  const inference = await openBase(model.baseSha256);
  const { heads } = await readClassifier(inference, model);
  const conv5 = await keptConv5(inference, slice, signal);
  const values = classActivation(conv5, meanGradient(heads, poolConv5(conv5)));
  signal.throwIfAborted();
  await keepHeatmap(subject, values);
  await notifyChangeNow("heatmap", sliceId);
  log(`slice ${sliceId}: heatmap of model ${model.number} made`);
});

function meanGradient(heads: readonly HeadWeights[], features: Float32Array): Float32Array {
  const gradients = heads.map((head) => marginGradient(head, features));
  return features.map((_, index) => {
    return gradients.reduce((sum, gradient) => sum + gradient[index]!, 0) / gradients.length;
  });
}
