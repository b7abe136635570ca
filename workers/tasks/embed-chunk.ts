import { finishStep } from "@/lib/features/training/finish-step";
import { embedChunkJob } from "@/lib/features/training/jobs";
import { SliceRange } from "@/lib/features/training/stages";
import { baseOfRun } from "../bases/base-of-run";
import { openBase } from "../bases/open-base";
import { embedSlices } from "../embedding/embed-slices";
import { allSlices } from "../embedding/embedded-snapshot";
import { trainingStep } from "../training-step";

/**
 * Makes the features that some slices of a run lack. Safe to repeat: what a killed worker had finished is found in the
 * cache. Stops at the next batch of images.
 */
export const embedChunkTask = trainingStep(embedChunkJob, async ({ step, signal, progress, log, worked }) => {
  const range = SliceRange.parse(step.input);
  progress(0, range.count, "Embedding slices");
  const slices = await allSlices(step.run.snapshotId!, range);
  const inference = await openBase((await baseOfRun(step.run)).sha256);
  const before = inference.backboneRuns;
  let counted = before;
  let done = 0;
  for await (const window of embedSlices(inference, slices, signal)) {
    await worked("embed", { backboneRuns: inference.backboneRuns - counted });
    counted = inference.backboneRuns;
    done += window.length;
    progress(done, range.count, "Embedding slices");
  }
  log(`${slices.length} slices, ${inference.backboneRuns - before} backbone runs`);
  await finishStep(step);
});
