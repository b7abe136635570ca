import { baseOfRun } from "@/lib/engine/bases/base-of-run";
import { openBase } from "@/lib/engine/bases/open-base";
import { fitFoldHead } from "@/lib/engine/classifier/cross-fit";
import { learningSet } from "@/lib/engine/classifier/learning-set";
import { readEmbedded, slicesOf } from "@/lib/engine/embedding/embedded-snapshot";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { finishStep } from "@/lib/features/runs/finish-step";
import { fitHeadJob } from "@/lib/features/runs/jobs";
import { recordBackend } from "@/lib/features/runs/record-phase";
import { readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { TrainingParameters } from "@/lib/records/training-parameters";

import { loadCheckpoint, saveCheckpoint, saveHead } from "../run-files";
import { trainingStep } from "../training-step";

/**
 * Fits one head of a run. Safe to repeat: it goes on from its last epoch's checkpoint to the same numbers, and the same
 * head is the same file. Stops at the next batch of slices.
 */
export const fitHeadTask = trainingStep(fitHeadJob, async ({ step, signal, progress, log, worked }) => {
  const { run, index } = step;
  const parameters = TrainingParameters.parse(run.parameters);
  const head = index + 1;
  progress(0, parameters.maxEpochs, { code: "reading-features", head });
  const base = await baseOfRun(run);
  const slices = slicesOf(await readSnapshot(run.snapshotId!), "learning");
  const embedded = await readEmbedded(await openBase(base.sha256), slices, signal);
  const set = learningSet(embedded, base.fittedOn, parameters, run.seed);
  const { name, version, considered } = await pickBackend();
  await recordBackend(run.id, { name, version, considered: considered.map((entry) => ({ ...entry })) });

  const resumeFrom = await loadCheckpoint(run.id, index);
  const startedFrom = resumeFrom ? `after epoch ${resumeFrom.progress?.[0]}` : "at the beginning";
  log(`${slices.length} slices on ${name} ${version}, ${startedFrom}`);
  await worked("fit");
  const fitted = await fitFoldHead({
    ...set,
    headIndex: index,
    parameters,
    seed: run.seed,
    resumeFrom,
    signal,
    async onEpoch({ isBest: _, durationMs, ...report }, checkpoint) {
      // The row first: a worker killed in between repeats the epoch to the same figures.
      await worked("fit", { epoch: { head: index, ...report, durationMs: Math.round(durationMs) } });
      await saveCheckpoint(run.id, index, checkpoint());
      const { maxEpochs } = parameters;
      progress(report.epoch, maxEpochs, { code: "fitting-head", head, epoch: report.epoch, maxEpochs });
    },
  });
  const { epochs, bestEpoch, validationLoss } = fitted;
  log(
    `${epochs} epochs, epoch ${bestEpoch} kept, its loss on the fold left out ${validationLoss.toFixed(4)}`,
  );
  const sha256 = await saveHead(run.id, index, fitted);
  await worked("fit");
  progress(parameters.maxEpochs, parameters.maxEpochs);
  await finishStep(step, { sha256 });
});
