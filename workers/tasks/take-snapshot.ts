import { finishStep } from "@/lib/features/training/finish-step";
import { takeSnapshotJob } from "@/lib/features/training/jobs";
import { readSnapshot, type SnapshotSlice } from "@/lib/features/training/read-snapshot";
import type { SliceRange } from "@/lib/features/training/stages";
import { takeSnapshot } from "@/lib/features/training/take-snapshot";
import { baseOfRun } from "../base-of-run";
import { isEmbedded } from "../embed-slices";
import { trainingStep } from "../training-step";

/** Slices that are embedded in one step: some ten seconds on two processors. */
const chunkSize = 128;

/**
 * Freezes what a run learns from, and finds which slices lack features.
 *
 * Safe to repeat: a run keeps its first snapshot, and what has been embedded meanwhile drops out.
 */
export const takeSnapshotTask = trainingStep(takeSnapshotJob, async ({ step, progress, log, worked }) => {
  progress(0, 1, "Freezing the labels");
  const base = await baseOfRun(step.run);
  const snapshotId = await takeSnapshot(step.runId, base.seenPatients);
  const slices = await readSnapshot(snapshotId);
  const chunks = chunksToEmbed(slices, (slice) => isEmbedded({ baseSha256: base.sha256 }, slice));
  log(`${slices.length} slices, to be embedded in ${chunks.length} steps`);
  progress(1, 1);
  await worked("snapshot");
  await finishStep(step, { chunks: chunks.map((chunk) => ({ ...chunk })) });
});

/** Ranges that hold every slice without features, at most `chunkSize` of them each. */
export function chunksToEmbed(
  slices: readonly SnapshotSlice[],
  isDone: (slice: SnapshotSlice) => boolean,
  size = chunkSize,
): SliceRange[] {
  const missing = slices.flatMap((slice, place) => (isDone(slice) ? [] : [place]));
  const chunks: SliceRange[] = [];
  for (let start = 0; start < missing.length; start += size) {
    const places = missing.slice(start, start + size);
    chunks.push({ first: places[0]!, count: places.at(-1)! - places[0]! + 1 });
  }
  return chunks;
}
