import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { findRun } from "@/lib/features/runs/find-run";
import { readRunLog } from "@/lib/features/runs/read-run-log";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { database, disconnect } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { inLog } from "@/lib/platform/message";
import { hasDerived } from "@/lib/platform/storage";
import { systemActor } from "@/lib/records/access";
import { viewJob } from "@/lib/records/job-view";
import { importAt } from "../features/imports/small-set";
import { cancelWhen, type Moment, moments } from "../support/cancel-when";
import { copyPhantoms } from "../support/phantom-set";
import { endOfJob, featureFiles, killWorkers, startWorkerProcess } from "../support/worker-process";

/** Training runs of phantoms, by real worker processes: shared by two, cancelled in every phase, failing. */

let archive: Awaited<ReturnType<typeof copyPhantoms>>;
beforeAll(async () => {
  archive = await copyPhantoms(await mkdtemp(path.join(tmpdir(), "sulcus-shared-")), {
    patients: 6,
    every: 3,
  });
  await ensureInitialModel();
  await importAt(archive.folder, "PHANTOM");
  await endUnfinished();
});
afterEach(async () => {
  await killWorkers();
  await cancelWhen(null);
  await endUnfinished();
});
afterAll(async () => {
  await disconnect();
  await rm(archive.folder, { recursive: true });
});

/** So that a run, or a prediction that an import or a candidate asks for, is not done beside the next test's. */
async function endUnfinished() {
  await database().job.updateMany({
    where: { finishedAt: null },
    data: { status: "CANCELLED", finishedAt: new Date() },
  });
}

const train = (parameters = {}) =>
  requestTraining(
    systemActor,
    RequestTraining.parse({
      cohort: "PHANTOM",
      parameters: { maxEpochs: 4, batchSize: 16, heads: 2, ...parameters },
    }),
  );

async function forgetFeatures(share: number) {
  const files = [...(await featureFiles()).keys()].sort();
  for (const file of files.slice(0, Math.ceil(share * files.length))) await rm(file);
}

const linesOf = async (runId: string) => (await readRunLog(systemActor, { runId })).lines;

describe("two workers", { timeout: 300_000 }, () => {
  it("share the steps of one run: both embed and fit for it, and every image is embedded once", async () => {
    await Promise.all([startWorkerProcess(), startWorkerProcess()]);
    const { runId, jobId } = await train({ heads: 4 });
    expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", error: null, attempts: 1 });
    const run = await findRun(systemActor, { runId });
    const images = await database().slice.groupBy({ by: ["pixelHash"] });
    expect(run.backboneRuns).toBe(images.length);
    for (const [kind, count] of [
      ["embed-chunk", Math.ceil(archive.slices / 16)],
      ["fit-head", new Set(run.epochs.map(({ head }) => head)).size],
    ] as const) {
      const steps = run.steps.filter((step) => step.kind === kind);
      expect(count).toBeGreaterThan(1);
      expect(steps).toHaveLength(count);
      expect(new Set(steps.map(({ worker }) => worker)).size).toBe(2);
    }
    expect(new Set((await linesOf(runId)).map(({ worker }) => worker)).size).toBe(2);
    // Two at once: more work than time by the clock.
    expect(run.secondsByPhase.fit).toBeGreaterThan(run.clockSecondsByPhase.fit!);
    expect(run.modelId).not.toBeNull();
    expect(hasDerived(`runs/${runId}`)).toBe(false);
  });
});

describe("a run that is cancelled", { timeout: 300_000 }, () => {
  it.each(Object.keys(moments) as Moment[])(
    "in the phase %s stops at its next safe point and registers nothing",
    async (moment) => {
      if (moment === "embed") await forgetFeatures(1);
      const models = await database().model.count();
      await cancelWhen(moment);
      await startWorkerProcess();
      const { runId, jobId } = await train({ maxEpochs: moment === "fit" ? 40 : 2 });
      expect(await endOfJob(jobId)).toMatchObject({ status: "CANCELLED", error: null });
      const run = await findRun(systemActor, { runId });
      expect(run).toMatchObject({ phase: moment, modelId: null });
      expect(run.finishedAt).not.toBeNull();
      expect(await database().model.count()).toBe(models);
      expect(
        await database().evaluation.count({ where: { snapshot: { runs: { some: { id: runId } } } } }),
      ).toBe(0);
      const parts = await database().job.findMany({ where: { parentId: jobId } });
      for (const { finishedAt } of parts) expect(finishedAt).not.toBeNull();
      expect((await linesOf(runId)).map(({ text }) => text)).toContain("The run was cancelled");
      expect(hasDerived(`runs/${runId}`)).toBe(false);
      if (moment === "embed") expect((await featureFiles()).size).toBeLessThan(archive.slices);
      if (moment === "fit")
        expect(run.epochs.length).toBeLessThan(
          run.steps.filter(({ kind }) => kind === "fit-head").length * 40,
        );
    },
  );
});

describe("a run that fails", { timeout: 300_000 }, () => {
  it("says why, drops its other steps, keeps its log through a restart, and another can be asked for", async () => {
    await forgetFeatures(1);
    const slice = await database().slice.findFirstOrThrow({ orderBy: { fileName: "desc" } });
    const file = path.join(env.dataFolder, "objects", slice.fileSha256.slice(0, 2), slice.fileSha256);
    await rm(file);
    const worker = await startWorkerProcess();
    const { runId, jobId } = await train();
    const job = await endOfJob(jobId);
    expect(job.status).toBe("FAILED");
    expect(job.error).toMatchObject({
      code: "fault",
      cause: expect.stringContaining("no such file"),
    });
    worker.signal("SIGTERM");
    await worker.ended;
    await startWorkerProcess();

    const lines = await linesOf(runId);
    expect(lines[0]!.text).toBe("take-snapshot 1 begins");
    expect(lines.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^embed-chunk \d+ failed: .*ENOENT/),
    );
    expect(lines.at(-1)).toMatchObject({
      worker: null,
      text: `The run failed: ${inLog(viewJob(job).error!)}`,
    });
    const run = await findRun(systemActor, { runId });
    expect(run.modelId).toBeNull();
    for (const step of run.steps) expect(step.state).not.toBe("waiting");
    await train();
  });
});
