import { baseOfRun } from "@/lib/engine/bases/base-of-run";
import { foldsOf } from "@/lib/engine/classifier/learning-set";
import { chunksToEmbed } from "@/lib/engine/embedding/chunks-to-embed";
import { isEmbedded } from "@/lib/engine/embedding/embed-slices";
import { finishStep } from "@/lib/features/runs/finish-step";
import { takeSnapshotJob } from "@/lib/features/runs/jobs";
import { readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { takeSnapshot } from "@/lib/features/snapshots/take-snapshot";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { trainingStep } from "../training-step";

/**
 * Freezes what a run learns from, and finds which slices lack features.
 *
 * Safe to repeat: a run keeps its first snapshot, and what has been embedded meanwhile drops out.
 */
export const takeSnapshotTask = trainingStep(
  takeSnapshotJob,
  async ({ step, signal, progress, log, worked }) => {
    progress(0, 1, { code: "freezing-labels" });
    const { run } = step;
    const parameters = TrainingParameters.parse(run.parameters);
    const base = await baseOfRun(run);
    const snapshotId = await takeSnapshot(step.runId, base.seenPatients);
    signal.throwIfAborted();
    const slices = await readSnapshot(snapshotId);
    const chunks = chunksToEmbed(slices, (slice) => isEmbedded({ baseSha256: base.sha256 }, slice));
    const { count: heads } = foldsOf(slices, base.fittedOn, parameters, run.seed);
    log(`${slices.length} slices, to be embedded in ${chunks.length} steps; ${heads} heads to be fitted`);
    progress(1, 1);
    await worked("snapshot");
    await finishStep(step, { chunks: chunks.map((chunk) => ({ ...chunk })), heads });
  },
);
