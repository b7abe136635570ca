import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { findImport } from "@/lib/features/imports/find-import";
import { requestPrediction } from "@/lib/features/predictions/request-prediction";
import { findRun } from "@/lib/features/runs/find-run";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { database, disconnect } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { systemActor } from "@/lib/records/access";
import { expectSameFigures } from "../support/expect-same-figures";
import { outcomeOf } from "../support/killed-run";
import { copyPhantoms } from "../support/phantom-set";
import {
  endOfJob,
  featureFiles,
  forgetPredictions,
  killWorker,
  killWorkers,
  shareDone,
  startWorkerProcess,
  until,
} from "../support/worker-process";

/**
 * One story on one database: import, prediction and training, each with a worker killed halfway. Each test
 * proves from what the dead worker left behind that the kill fell between a tenth and nine tenths of the phase.
 */

const maxEpochs = 10;
const seed = 5;
let archive: Awaited<ReturnType<typeof copyPhantoms>>;

beforeAll(async () => {
  archive = await copyPhantoms(await mkdtemp(path.join(tmpdir(), "sulcus-killed-")), { patients: 6 });
  await ensureInitialModel();
});
afterEach(killWorkers);
afterAll(async () => {
  await disconnect();
  await rm(archive.folder, { recursive: true });
});

function expectInTheMiddle(share: number) {
  expect(share).toBeGreaterThanOrEqual(0.1);
  expect(share).toBeLessThanOrEqual(0.9);
}

async function train() {
  const parameters = { maxEpochs, batchSize: 16, heads: 2 };
  return requestTraining(systemActor, RequestTraining.parse({ cohort: "PHANTOM", seed, parameters }));
}

describe("a worker killed in the middle", { timeout: 300_000 }, () => {
  it("of an import leaves it to another, which adds each slice once", async () => {
    const { importId, jobId } = await beginPathImport(systemActor, {
      file: archive.folder,
      cohort: "PHANTOM",
    });
    const worker = await startWorkerProcess();
    await shareDone(jobId, "importing-study");
    await killWorker(worker);
    const left = await database().job.findUniqueOrThrow({ where: { id: jobId } });
    expectInTheMiddle(left.progressDone / left.progressTotal);
    expect(await database().importedFile.count()).toBeLessThanOrEqual(0.9 * archive.slices);

    await startWorkerProcess();
    expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", error: null, attempts: 2 });
    const { state, report } = await findImport(systemActor, { importId });
    expect(state).toBe("DONE");
    const { patients, slices } = archive;
    expect(report).toMatchObject({
      patients,
      studies: patients,
      slices,
      masks: slices,
      alreadyThere: 0,
      rejects: [],
    });
    expect(await database().patient.count()).toBe(patients);
    expect(await database().study.count()).toBe(patients);
    expect(await database().slice.count()).toBe(slices);
    expect(await database().label.count()).toBe(slices);
    expect(await database().importedFile.count()).toBe(slices);
    expect(await database().label.count({ where: { areaPixels: { gt: 0 } } })).toBe(report!.tumorSlices);
  });

  it("of a prediction leaves it to another, which embeds no image again", async () => {
    const { slices } = archive;
    // The import has queued predictions, which its worker may have started: all are made again.
    await database().job.updateMany({ where: { kind: "predict-slices" }, data: { status: "CANCELLED" } });
    await forgetFeatures();
    await forgetPredictions();

    const { jobId } = await requestPrediction(systemActor);
    const worker = await startWorkerProcess();
    await shareDone(jobId, "predicting-slices");
    // Slices are counted as they are embedded; predictions are written study by study.
    await until(
      async () => (await database().prediction.count()) > 0,
      () => "a study that is predicted",
    );
    await killWorker(worker);
    const predicted = await database().prediction.findMany();
    const embedded = await featureFiles();
    expectInTheMiddle(predicted.length / slices);
    expectInTheMiddle(embedded.size / slices);

    const next = await startWorkerProcess();
    expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", error: null, attempts: 2 });
    expect(await database().prediction.count()).toBe(slices);
    expect(await database().prediction.count({ where: { id: { in: predicted.map(({ id }) => id) } } })).toBe(
      predicted.length,
    );
    await expectEmbeddedOnce(embedded);
    expect(next.output()).toContain(
      `${slices - predicted.length} slices, ${slices - embedded.size} backbone runs`,
    );
  });

  it("of a fit leaves it to another, which goes on to the figures of an undisturbed run", async () => {
    const worker = await startWorkerProcess();
    const undisturbed = await train();
    expect(await endOfJob(undisturbed.jobId)).toMatchObject({ status: "DONE", error: null, attempts: 1 });
    const expected = await outcomeOf(undisturbed.runId);
    expect((await findRun(systemActor, undisturbed)).backboneRuns).toBe(0);
    const epochs = expected.losses.length;
    expect(epochs).toBeGreaterThan(maxEpochs);
    expect(epochs % maxEpochs).toBe(0);

    const { runId, jobId } = await train();
    await shareDone(jobId, "fitting-head");
    await killWorker(worker);
    const fitted = await database().trainingEpoch.findMany({ where: { runId } });
    expectInTheMiddle(fitted.length / epochs);
    // Set aside, so that an epoch that is fitted again shows.
    await database().trainingEpoch.deleteMany({ where: { runId } });

    await startWorkerProcess();
    expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", error: null, attempts: 2 });
    const after = await database().trainingEpoch.findMany({ where: { runId } });
    const again = after.filter(({ head, epoch }) =>
      fitted.some((row) => row.head === head && row.epoch === epoch),
    );
    expect(again.length).toBeLessThanOrEqual(1);
    await database().trainingEpoch.createMany({ data: fitted, skipDuplicates: true });
    expectSameFigures(await outcomeOf(runId), expected);
    expect(await database().model.count({ where: { runId } })).toBe(1);
  });

  it("of a training's embedding leaves it to another, which embeds no image again", async () => {
    const { slices } = archive;
    const undisturbed = await database().trainingRun.findFirstOrThrow({ orderBy: { number: "asc" } });
    // The candidate before predicts in the background: it would embed images beside the run.
    await database().job.updateMany({
      where: { kind: "predict-slices", finishedAt: null },
      data: { status: "CANCELLED", finishedAt: new Date() },
    });
    await forgetFeatures();
    const worker = await startWorkerProcess();
    const { runId, jobId } = await train();
    await shareDone(jobId, "embedding-slices");
    await killWorker(worker);
    const embedded = await featureFiles();
    expectInTheMiddle(embedded.size / slices);

    await startWorkerProcess();
    // Not started again where the kill fell between two steps.
    const { attempts, ...job } = await endOfJob(jobId);
    expect(job).toMatchObject({ status: "DONE", error: null });
    expect(attempts).toBeLessThanOrEqual(2);
    await expectEmbeddedOnce(embedded);
    const run = await findRun(systemActor, { runId });
    // A dead worker's last window may be missing in the count, never be counted twice.
    expect(run.backboneRuns).toBeLessThanOrEqual(slices);
    expect(run.backboneRuns).toBeGreaterThanOrEqual(slices - 32);
    expectSameFigures(await outcomeOf(runId), await outcomeOf(undisturbed.id));
    expect(await database().snapshot.count()).toBe(await database().trainingRun.count());
  });
});

const forgetFeatures = () =>
  rm(path.join(env.dataFolder, "derived/features"), { recursive: true, force: true });

/** Every image has its features, and those that the dead worker had written are the same files. */
async function expectEmbeddedOnce(before: Map<string, number>) {
  const images = await database().slice.groupBy({ by: ["pixelHash"] });
  const after = await featureFiles();
  expect(after.size).toBe(images.length);
  for (const [file, writtenAt] of before) expect(after.get(file)).toBe(writtenAt);
}
