import { baseOfRun } from "@/lib/engine/bases/base-of-run";
import { openBase } from "@/lib/engine/bases/open-base";
import { embedSlices } from "@/lib/engine/embedding/embed-slices";
import { finishStep } from "@/lib/features/runs/finish-step";
import { embedChunkJob } from "@/lib/features/runs/jobs";
import { readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { SliceRange } from "@/lib/features/snapshots/schema";

import { trainingStep } from "../training-step";

/**
 * Makes the features that some slices of a run lack. Safe to repeat: what a killed worker had finished is found in the
 * cache. Stops at the next batch of images.
 */
export const embedChunkTask = trainingStep(embedChunkJob, async ({ step, signal, progress, log, worked }) => {
  const range = SliceRange.parse(step.input);
  progress(0, range.count, { code: "embedding-slices" });
  const slices = await readSnapshot(step.run.snapshotId!, range);
  const inference = await openBase((await baseOfRun(step.run)).sha256);
  let done = 0;
  let backboneRuns = 0;
  for await (const window of embedSlices(inference, slices, signal)) {
    // Not the network's own count: it works for predictions in the same process too.
    const runs = window.filter(({ backboneRan }) => backboneRan).length;
    await worked("embed", { backboneRuns: runs });
    backboneRuns += runs;
    done += window.length;
    progress(done, range.count, { code: "embedding-slices" });
  }
  log(`${slices.length} slices, ${backboneRuns} backbone runs`);
  await finishStep(step);
});
