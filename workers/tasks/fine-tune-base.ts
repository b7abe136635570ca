import { setImmediate as nextTurn } from "node:timers/promises";
import { baseOfRun } from "@/lib/engine/bases/base-of-run";
import { foldsOf } from "@/lib/engine/classifier/learning-set";
import { chunksToEmbed } from "@/lib/engine/embedding/chunks-to-embed";
import { isEmbedded } from "@/lib/engine/embedding/embed-slices";
import { fineTuneBackbone } from "@/lib/engine/fine-tune/fine-tune-backbone";
import { fineTuneSet } from "@/lib/engine/fine-tune/fine-tune-set";
import { fineTunedCard, outcomeNote } from "@/lib/engine/fine-tune/fine-tuned-card";
import { pickBackend } from "@/lib/engine/tensors/backend";
import { finishFineTune } from "@/lib/features/runs/finish-fine-tune";
import { fineTuneBaseJob } from "@/lib/features/runs/jobs";
import { recordBackend } from "@/lib/features/runs/record-phase";
import { baseEpochs } from "@/lib/features/runs/schema";
import { hashesOfPatients } from "@/lib/features/snapshots/hashes-of-patients";
import { isLabelled, readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { inLog } from "@/lib/platform/message";
import { getObject, putObject } from "@/lib/platform/storage";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { FINE_TUNE_DEFAULTS } from "@/lib/science/training/fitting-options";
import { loadCheckpoint, removeCheckpoint, saveCheckpoint } from "../run-files";
import { trainingStep } from "../training-step";

/**
 * Fine-tunes a run's base on its training patients, with early stopping on its validation patients, and enters the new
 * base into the registry; where it is no better than its parent on them, the run goes on with the parent.
 *
 * Safe to repeat: it goes on from its last checkpoint, at most two minutes old, to the same numbers, and the same file is
 * the same base. Stops before the next pass through the network. Fails with the expected seconds where no
 * graphics processor is there and it was not forced.
 */
export const fineTuneBaseTask = trainingStep(fineTuneBaseJob, async (context) => {
  const { step, signal, progress, log, worked } = context;
  const { run } = step;
  const parameters = TrainingParameters.parse(run.parameters);
  const { backbone: scope, backboneEpochs: maxEpochs, backboneLearningRate: learningRate } = parameters;
  if (scope === "frozen") throw new Error("a run with a frozen base has no step that fine-tunes it");
  const parent = await baseOfRun(run);
  const slices = await readSnapshot(run.snapshotId!);
  const labelled = slices.filter(isLabelled);
  const train = labelled.filter(({ split }) => split === "TRAIN");
  const validation = labelled.filter(({ split }) => split === "VALIDATION");
  const total = maxEpochs * train.length;
  progress(0, total, { code: "measuring-fine-tuning", scope });
  const { name, version, considered } = await pickBackend();
  await recordBackend(run.id, { name, version, considered: considered.map((entry) => ({ ...entry })) });

  const resumeFrom = await loadCheckpoint(run.id, "base");
  log(
    `${train.length} slices to learn from and ${validation.length} to validate on, on ${name} ${version}, ` +
      (resumeFrom ? `after step ${resumeFrom.progress?.[2]}` : "at the beginning"),
  );
  const result = await fineTuneBackbone({
    parent: await getObject(parent.sha256),
    scope,
    options: { ...FINE_TUNE_DEFAULTS, seed: run.seed, maxEpochs, learningRate },
    train: fineTuneSet(train),
    validation: fineTuneSet(validation),
    force: parameters.forceCpu,
    resumeFrom,
    signal,
    onCost: ({ seconds, secondsPerTrainingSlice }) => {
      log(
        `forced on a processor: ${secondsPerTrainingSlice.toFixed(1)} s a slice, ${(seconds / 3600).toFixed(1)} h at most`,
      );
      progress(0, total, { code: "fine-tuning-takes", scope, seconds });
    },
    onBefore: ({ loss, auc, dice }) =>
      log(`before: validation loss ${loss.toFixed(4)}, AUC ${inWords(auc)}, Dice ${inWords(dice)}`),
    onStep: ({ epoch, slicesDone, slices: all, slicesPerSecond }) => {
      progress((epoch - 1) * all + slicesDone, total, {
        code: "fine-tuning",
        scope,
        epoch,
        maxEpochs,
        slice: slicesDone,
        slices: all,
        slicesPerSecond,
      });
      return nextTurn();
    },
    async onEpoch({ epoch, trainLoss, validation: figures, durationMs }) {
      // The row first: a worker killed in between repeats the epoch's end to the same figures.
      await worked("fine-tune", {
        epoch: {
          head: baseEpochs,
          epoch,
          trainLoss,
          validationLoss: figures.loss,
          validationAuc: figures.auc,
          durationMs: Math.round(durationMs),
        },
      });
    },
    saveCheckpoint: (checkpoint) => saveCheckpoint(run.id, "base", checkpoint),
  });

  const split = await hashesOfPatients(run.snapshotId!);
  const counts = { train: train.length, validation: validation.length };
  const sha256 = result.file && (await putObject(result.file.bytes));
  const base = sha256
    ? {
        sha256,
        name: `${parent.name}, fine-tuned in run ${run.number}`,
        parentSha256: parent.sha256,
        runId: run.id,
        seenPatients: [...split.train, ...split.validation],
        outputs: ["features", "mask", "gap"] as const,
        card: fineTunedCard(parent, result, { scope, parameters, seed: run.seed, split, slices: counts }),
      }
    : null;
  const embeddedOn = { baseSha256: sha256 ?? parent.sha256 };
  const chunks = chunksToEmbed(slices, (slice) => isEmbedded(embeddedOn, slice));
  // As the later steps will assign them: the new base knows the training patients, so other patients judge the heads.
  const fittedOn = base ? new Set([...parent.fittedOn, ...split.train]) : parent.fittedOn;
  const { count: heads } = foldsOf(slices, fittedOn, parameters, run.seed);
  const note = outcomeNote(result);
  log(inLog(note));
  await worked("fine-tune");
  progress(total, total);
  await finishFineTune(step, { base, chunks, heads, note });
  await removeCheckpoint(run.id, "base");
});

const inWords = (figure: number | null) => figure?.toFixed(4) ?? "unknown";
