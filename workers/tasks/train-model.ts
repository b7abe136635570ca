import { registeredBase } from "@/lib/features/bases/find-base";
import { productionModel } from "@/lib/features/models/find-production";
import { finishRun } from "@/lib/features/training/finish-run";
import { hashesOfPatients } from "@/lib/features/training/hashes-of-patients";
import { trainModelJob } from "@/lib/features/training/jobs";
import { readSnapshot, type SnapshotSlice } from "@/lib/features/training/read-snapshot";
import { recordBackboneRuns, recordEpoch, recordPhase } from "@/lib/features/training/record-phase";
import { TrainingParameters, type TrainingPhase } from "@/lib/features/training/schema";
import { takeSnapshot } from "@/lib/features/training/take-snapshot";
import { database } from "@/lib/platform/database";
import { notifyChangeNow } from "@/lib/platform/jobs";
import { putObject } from "@/lib/platform/storage";
import { compareModels } from "@/lib/science/metrics/compare";
import type { MaskTally } from "@/lib/science/metrics/dice";
import { FEATURE_LENGTH } from "@/lib/science/network/head";
import { encodeHeadArtifact } from "@/lib/science/network/head-artifact";
import type { LabelledFeatures } from "@/lib/science/training/fit-head";
import { pickBackend } from "../backend";
import { readBaseCard } from "../base-network";
import { openClassifier, openModel } from "../classifier";
import { embedSlices } from "../embed-slices";
import { fitClassifier } from "../fit-classifier";
import type { Inference } from "../inference";
import { openBase } from "../open-base";
import { loadCheckpoint, removeCheckpoint, saveCheckpoint } from "../run-checkpoint";
import { scoreSlices, type TestSlice, tallyTestMasks } from "../score-slices";
import { task } from "../task";

/**
 * Makes a candidate for a training run: snapshot, embed, fit, calibrate, evaluate, register.
 *
 * Safe to repeat: a snapshot is taken once, embedded images are cached, the fit goes on from its last epoch's
 * checkpoint to the same numbers, and the same artifact is the same model. Cancelling takes effect at the next
 * batch.
 */
export const trainModelTask = task(
  trainModelJob,
  async ({ runId }, { signal, progress, log }) => {
    const run = await database().trainingRun.findUniqueOrThrow({ where: { id: runId } });
    if (run.finishedAt) return log(`run ${run.number} has ended already`);
    const phases = phaseClock(runId);
    const parameters = TrainingParameters.parse(run.parameters);
    const base = await registeredBase(database(), parameters.baseSha256 ?? (await readBaseCard()).sha256);

    await phases.begin("snapshot");
    progress(0, 1, "Freezing the labels");
    const snapshotId = await takeSnapshot(runId, base.seenPatients);
    const slices = await readSnapshot(snapshotId);
    signal.throwIfAborted();

    await phases.begin("embed");
    progress(0, slices.length, "Opening the network");
    const inference = await openBase(base.sha256);
    const { train, validation, test } = await embedSnapshot(inference, runId, slices, signal, progress);

    const backend = await pickBackend();
    const { name, version, considered } = backend;
    await phases.begin("fit", {
      backend: { name, version, considered: considered.map((entry) => ({ ...entry })) },
    });
    const fitted = await fitClassifier({
      train,
      validation,
      options: { ...parameters, seed: run.seed, classWeights: null },
      resumeFrom: await loadCheckpoint(runId),
      signal,
      async onEpoch({ isBest: _, ...report }, checkpoint) {
        // The row first: a worker killed in between repeats the epoch to the same figures.
        await recordEpoch(runId, { ...report, durationMs: Math.round(report.durationMs) });
        await saveCheckpoint(runId, checkpoint());
        progress(
          report.epoch,
          parameters.maxEpochs,
          `Epoch ${report.epoch} of ${parameters.maxEpochs} at most`,
        );
      },
      onCalibrate: () => phases.begin("calibrate"),
    });

    await phases.begin("evaluate");
    progress(0, 2, "Scoring the test patients");
    const masks = await tallyTestMasks(test);
    const candidate = await openClassifier(inference, fitted.head, fitted.temperature);
    const scored = test.length > 0 ? await scoreSlices(candidate, fitted.threshold, test, masks) : null;
    await candidate.close();
    progress(1, 2, "Scoring the production model on the same patients");
    signal.throwIfAborted();
    const production = test.length > 0 ? await scoreProduction(base.sha256, test, masks, signal) : null;

    await phases.begin("register");
    progress(2, 2, "Entering the candidate");
    const split = await hashesOfPatients(snapshotId);
    const artifactSha256 = await putObject(
      encodeHeadArtifact(fitted.head, {
        base: inference.baseSha256,
        run: runId,
        temperature: String(fitted.temperature),
        threshold: String(fitted.threshold),
      }),
    );
    await finishRun(
      runId,
      snapshotId,
      {
        artifactSha256,
        baseSha256: inference.baseSha256,
        cohort: run.cohort,
        threshold: fitted.threshold,
        temperature: fitted.temperature,
        seenPatients: [...new Set([...base.seenPatients, ...split.train, ...split.validation])].sort(),
        card: {
          kind: "plain head on cached features",
          base: base.name,
          baseSha256: base.sha256,
          seed: run.seed,
          parameters,
          backend: { name, version },
          epochs: fitted.epochs,
          bestEpoch: fitted.bestEpoch,
          calibration: { eceBefore: fitted.eceBefore, eceAfter: fitted.eceAfter },
          split,
        },
        runId,
      },
      scored && {
        metrics: scored.metrics,
        production: production && {
          modelId: production.modelId,
          metrics: production.metrics,
          differences: compareModels(scored, production),
        },
      },
      phases.current(),
    );
    await removeCheckpoint(runId);
    log(`run ${run.number}: candidate made, ${fitted.epochs} epochs, best ${fitted.bestEpoch}`);
  },
  async ({ runId }) => {
    await removeCheckpoint(runId);
    await database().trainingRun.updateMany({
      where: { id: runId, finishedAt: null },
      data: { finishedAt: new Date() },
    });
    await notifyChangeNow("run", runId);
  },
);

/** Writes which phase a run is in, and the seconds of the one before. */
function phaseClock(runId: string) {
  let now: { phase: TrainingPhase; begunAt: number } | null = null;
  const current = () => ({ phase: now!.phase, seconds: (performance.now() - now!.begunAt) / 1_000 });
  return {
    async begin(phase: TrainingPhase, change: Parameters<typeof recordPhase>[3] = {}) {
      await recordPhase(runId, phase, now && current(), change);
      now = { phase, begunAt: performance.now() };
    },
    current,
  };
}

async function embedSnapshot(
  inference: Inference,
  runId: string,
  slices: SnapshotSlice[],
  signal: AbortSignal,
  progress: (done: number, total: number, message?: string) => void,
) {
  const rowsFor = (split: string): LabelledFeatures => {
    const count = slices.filter((slice) => slice.split === split).length;
    return { features: new Float32Array(count * FEATURE_LENGTH), truth: new Uint8Array(count) };
  };
  const train = rowsFor("TRAIN");
  const validation = rowsFor("VALIDATION");
  const test: TestSlice[] = [];
  const filled = { TRAIN: 0, VALIDATION: 0 };
  let done = 0;
  let runs = inference.backboneRuns;
  for await (const window of embedSlices(inference, slices, signal)) {
    for (const { slice, embedding } of window) {
      if (slice.split === "TEST") {
        const { features, maskLogits } = embedding;
        test.push({ slice, features, maskLogits });
        continue;
      }
      const set = slice.split === "TRAIN" ? train : validation;
      const row = filled[slice.split]++;
      set.features.set(embedding.features, row * FEATURE_LENGTH);
      set.truth[row] = slice.truth;
    }
    if (inference.backboneRuns > runs) await recordBackboneRuns(runId, inference.backboneRuns - runs);
    runs = inference.backboneRuns;
    done += window.length;
    progress(done, slices.length, "Embedding slices");
  }
  return { train, validation, test };
}

/**
 * Production's figures on the same test slices, by its own base: the split has left no patient in them that it has
 * seen. `masks` are those of the run's base.
 */
async function scoreProduction(runsBase: string, test: TestSlice[], masks: MaskTally, signal: AbortSignal) {
  const model = await productionModel(database());
  if (!model) return null;
  const inference = await openBase(model.baseSha256);
  let scored = { slices: test, masks };
  if (model.baseSha256 !== runsBase) {
    const slices: TestSlice[] = [];
    for await (const window of embedSlices(
      inference,
      test.map(({ slice }) => slice),
      signal,
    ))
      for (const { slice, embedding } of window)
        slices.push({ slice, features: embedding.features, maskLogits: embedding.maskLogits });
    scored = { slices, masks: await tallyTestMasks(slices) };
  }
  const classifier = await openModel(inference, model);
  try {
    return {
      modelId: model.id,
      ...(await scoreSlices(classifier, model.threshold, scored.slices, scored.masks)),
    };
  } finally {
    await classifier.close();
  }
}
