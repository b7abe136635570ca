import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { cancelJob } from "@/lib/features/jobs/cancel-job";
import { requestPrediction } from "@/lib/features/predictions/request-prediction";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { database, disconnect } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { hasDerived } from "@/lib/platform/storage";
import { systemActor } from "@/lib/records/access";
import { importAt, layOut, smallSet } from "../features/imports/small-set";
import { copyPhantoms } from "../support/phantom-set";
import {
  endOfJob,
  featureFiles,
  forgetPredictions,
  killWorkers,
  shareDone,
  startWorkerProcess,
  until,
} from "../support/worker-process";

let archive: Awaited<ReturnType<typeof copyPhantoms>>;

beforeAll(async () => {
  archive = await copyPhantoms(await mkdtemp(path.join(tmpdir(), "sulcus-stopped-")), { patients: 6 });
  await ensureInitialModel();
  await importAt(archive.folder, "PHANTOM");
});
beforeEach(async () => {
  await database().job.updateMany({
    where: { finishedAt: null },
    data: { status: "CANCELLED", finishedAt: new Date() },
  });
  await forgetPredictions();
  await rm(path.join(env.dataFolder, "derived/features"), { recursive: true, force: true });
});
afterEach(killWorkers);
afterAll(async () => {
  await disconnect();
  await rm(archive.folder, { recursive: true });
});

const train = (parameters = {}) =>
  requestTraining(systemActor, RequestTraining.parse({ cohort: "PHANTOM", parameters }));
const findJob = (id: string) => database().job.findUniqueOrThrow({ where: { id } });

describe("a worker that is told to stop", { timeout: 300_000 }, () => {
  it("puts its job back, and another finishes it", async () => {
    const worker = await startWorkerProcess();
    const { jobId } = await requestPrediction(systemActor);
    await shareDone(jobId, "predicting-slices");
    worker.signal("SIGTERM");
    expect(await worker.ended).toBe(0);
    expect(await findJob(jobId)).toMatchObject({ status: "WAITING", workerId: null });
    expect(await database().workerProcess.count({ where: { pid: worker.pid } })).toBe(0);
    const before = await featureFiles();
    expect(before.size).toBeGreaterThan(0);
    expect(before.size).toBeLessThan(archive.slices);

    await startWorkerProcess();
    expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", error: null, attempts: 2 });
    expect(await database().prediction.count()).toBe(archive.slices);
    const after = await featureFiles();
    expect(after.size).toBe(archive.slices);
    for (const [file, writtenAt] of before) expect(after.get(file)).toBe(writtenAt);
  });
});

describe("a worker that stands still and comes back", { timeout: 300_000 }, () => {
  it("leaves its job to the one that took it over, and ends", async () => {
    const worker = await startWorkerProcess();
    const { jobId } = await requestPrediction(systemActor);
    await shareDone(jobId, "predicting-slices");
    await expectLocksReported();
    worker.signal("SIGSTOP");
    await database().workerProcess.updateMany({
      where: { pid: worker.pid },
      data: { heartbeatAt: new Date(Date.now() - 60_000) },
    });
    await startWorkerProcess();
    await until(
      async () => (await findJob(jobId)).attempts === 2,
      () => "another worker to take the job over",
    );
    worker.signal("SIGCONT");
    expect(await worker.ended).toBe(0);
    expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", error: null, attempts: 2 });
    expect(await database().prediction.count()).toBe(archive.slices);
  });
});

/** What a dead worker held can be released only under the names that it has reported. */
async function expectLocksReported() {
  const locks = await database().$queryRaw<{ locked_by: string }[]>`
    SELECT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL`;
  const reported = await database().workerProcess.findMany();
  // The daily collection may run beside the prediction.
  expect(locks.length).toBeGreaterThan(0);
  const names = reported.flatMap(({ queueIds }) => queueIds);
  for (const { locked_by } of locks) expect(names).toContain(locked_by);
}

describe("a training that is cancelled", { timeout: 300_000 }, () => {
  it("stops in the middle of embedding, without a candidate", async () => {
    await startWorkerProcess();
    const { runId, jobId } = await train();
    await shareDone(jobId, "embedding-slices");
    await cancelJob(systemActor, { jobId });
    expect(await endOfJob(jobId)).toMatchObject({ status: "CANCELLED", error: null });
    expect((await featureFiles()).size).toBeLessThan(archive.slices);
    await expectNoCandidate(runId);
  });

  it("stops in the middle of the fit, without a candidate, and another can be asked for", async () => {
    await startWorkerProcess();
    const { runId, jobId } = await train({ maxEpochs: 500, patience: 500 });
    await until(
      async () => (await database().trainingEpoch.count({ where: { runId } })) > 0,
      () => "the first epoch",
    );
    await cancelJob(systemActor, { jobId });
    expect(await endOfJob(jobId)).toMatchObject({ status: "CANCELLED", error: null });
    expect(await database().trainingEpoch.count({ where: { runId } })).toBeLessThan(500);
    await expectNoCandidate(runId);
    expect(hasDerived(`runs/${runId}`)).toBe(false);
    await train();
  });

  it("before it started never starts, and its run ends too", async () => {
    const { runId, jobId } = await train();
    await cancelJob(systemActor, { jobId });
    expect(await findJob(jobId)).toMatchObject({ status: "CANCELLED", attempts: 0 });
    await startWorkerProcess();
    await endOfRun(runId);
    expect(await findJob(jobId)).toMatchObject({ status: "CANCELLED", attempts: 0 });
    await expectNoCandidate(runId);
  });
});

async function expectNoCandidate(runId: string) {
  await endOfRun(runId);
  const run = await database().trainingRun.findUniqueOrThrow({
    where: { id: runId },
    include: { model: true },
  });
  expect(run.finishedAt).not.toBeNull();
  expect(run.model).toBeNull();
}

describe("two workers", { timeout: 300_000 }, () => {
  it("share the jobs and never both take one", async () => {
    const workers = await Promise.all([startWorkerProcess(), startWorkerProcess()]);
    const imports = [];
    for (let index = 0; index < 16; index++) {
      const set = await smallSet([`TCGA_HT_${3000 + index}_20000101`], 6);
      imports.push(await beginPathImport(systemActor, { file: await layOut(set) }));
    }
    const ended = await Promise.all(imports.map(({ jobId }) => endOfJob(jobId)));
    for (const job of ended) expect(job).toMatchObject({ status: "DONE", error: null, attempts: 1 });
    const takers = await database().workerProcess.findMany({
      where: { id: { in: ended.map((job) => job.workerId!) } },
    });
    expect(takers.map(({ pid }) => pid).sort()).toEqual(workers.map(({ pid }) => pid).sort());
    expect(await database().slice.count({ where: { fileName: { startsWith: "TCGA_HT" } } })).toBe(16 * 6);
  });
});

/** A run that is cancelled between two of its steps ends when a worker passes over those that wait. */
const endOfRun = (runId: string) =>
  until(
    async () =>
      (await database().trainingRun.findUniqueOrThrow({ where: { id: runId } })).finishedAt !== null,
    () => "the end of the run",
  );
