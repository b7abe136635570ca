import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { cancelJob } from "@/lib/features/jobs/cancel-job";
import { listJobs } from "@/lib/features/jobs/list-jobs";
import { appendRunLog } from "@/lib/features/runs/append-run-log";
import { beginStep } from "@/lib/features/runs/begin-step";
import { endRun } from "@/lib/features/runs/end-run";
import { findRun } from "@/lib/features/runs/find-run";
import { finishRun } from "@/lib/features/runs/finish-run";
import { finishStep } from "@/lib/features/runs/finish-step";
import { readRunLog } from "@/lib/features/runs/read-run-log";
import { recordPhase, recordWork } from "@/lib/features/runs/record-phase";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { takeSnapshot } from "@/lib/features/snapshots/take-snapshot";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { emptyDatabase, makeStudy } from "../../support/factories";

beforeEach(async () => {
  await emptyDatabase();
  for (const cohort of ["REAL", "PHANTOM"] as const)
    for (let patient = 0; patient < 5; patient++)
      await makeStudy(`${cohort}_XX_${patient}`, [true, false], { cohort });
});
afterAll(disconnect);

const worker = "hal, process 1";
const request = (change = {}) =>
  requestTraining(systemActor, RequestTraining.parse({ cohort: "PHANTOM", ...change }));
const steps = (runId: string, kind?: string) => database().trainingStep.findMany({ where: { runId, kind } });
const findJob = (id: string) => database().job.findUniqueOrThrow({ where: { id } });
const statuses = async (parentId: string) =>
  (await database().job.findMany({ where: { parentId }, orderBy: { id: "asc" } })).map(
    ({ status }) => status,
  );

/** A run whose snapshot is taken, in chunks of four slices. */
async function startedRun(heads = 3) {
  return afterSnapshot(await request(), heads);
}

async function afterSnapshot(run: { runId: string; jobId: string }, heads = 3) {
  const snapshot = { runId: run.runId, kind: "take-snapshot", index: 0 };
  await beginStep(snapshot, worker);
  await takeSnapshot(run.runId, []);
  const chunks = [0, 4, 8].map((first) => ({ first, count: first === 8 ? 2 : 4 }));
  await finishStep(snapshot, { chunks, heads });
  return run;
}

/** Says that a worker is at a run's parts, as `runJob` does. */
async function take(jobId: string) {
  await database().job.update({ where: { id: jobId }, data: { status: "RUNNING" } });
  await database().job.updateMany({ where: { parentId: jobId }, data: { status: "RUNNING" } });
}

describe("the steps of a run", () => {
  it("begin with the snapshot, which leaves the chunks to embed", async () => {
    const { runId, jobId } = await startedRun();
    expect(await steps(runId, "embed-chunk")).toMatchObject([
      { index: 0, input: { first: 0, count: 4 }, finishedAt: null },
      { index: 1, input: { first: 4, count: 4 } },
      { index: 2, input: { first: 8, count: 2 } },
    ]);
    expect(await steps(runId, "fit-head")).toEqual([]);
    expect(await findRun(systemActor, { runId })).toMatchObject({ phase: "embed" });
    expect((await listJobs(systemActor)).map(({ id }) => id)).toEqual([jobId]);
  });

  it("that end at once queue the next stage once, and each end counts once", async () => {
    const { runId } = await startedRun(5);
    const chunk = (index: number) => finishStep({ runId, kind: "embed-chunk", index });
    await Promise.all([chunk(0), chunk(1), chunk(2), chunk(2), chunk(0)]);
    expect(await steps(runId, "fit-head")).toHaveLength(5);

    const head = (index: number) => finishStep({ runId, kind: "fit-head", index }, { sha256: String(index) });
    await Promise.all([0, 1, 2, 3].map(head));
    expect(await steps(runId, "finish-model")).toEqual([]);
    await Promise.all([4, 4, 4, 0].map(head));
    expect(await steps(runId, "finish-model")).toHaveLength(1);
    expect(await database().job.count({ where: { kind: "finish-model" } })).toBe(1);
  });

  it("pass over embedding where every slice has features", async () => {
    const { runId } = await request();
    await finishStep({ runId, kind: "take-snapshot", index: 0 }, { chunks: [], heads: 2 });
    expect(await steps(runId, "embed-chunk")).toEqual([]);
    expect(await steps(runId, "fit-head")).toHaveLength(2);
    expect(await findRun(systemActor, { runId })).toMatchObject({ phase: "fit" });
  });

  it("are started again by another worker while they are not finished, and never after", async () => {
    const { runId } = await startedRun();
    const name = { runId, kind: "embed-chunk", index: 1 };
    expect(await beginStep(name, worker)).toMatchObject({ input: { first: 4, count: 4 } });
    expect(await beginStep(name, "another")).toMatchObject({ input: { first: 4, count: 4 } });
    await finishStep(name);
    expect(await beginStep(name, worker)).toBe("finished");
  });

  it("say what they cost: work is summed over the workers, the clock runs once", async () => {
    const { runId } = await startedRun();
    for (const index of [0, 1, 2])
      await recordWork(
        { runId, kind: "embed-chunk", index },
        { phase: "embed", seconds: 100, backboneRuns: 4 },
      );
    await recordWork({ runId, kind: "embed-chunk", index: 2 }, { phase: "embed", seconds: 0.5 });
    const run = await findRun(systemActor, { runId });
    expect(run.secondsByPhase.embed).toBeCloseTo(300.5, 6);
    expect(run.clockSecondsByPhase.embed).toBeLessThan(100);
    expect(run.backboneRuns).toBe(12);
    expect(run.steps.filter((step) => step.kind === "embed-chunk").map((step) => step.seconds)).toEqual([
      100, 100, 100.5,
    ]);
  });
});

describe("cancelling a run", () => {
  it("that no worker is at ends it at once, with all its steps", async () => {
    const { runId, jobId } = await startedRun();
    await cancelJob(systemActor, { jobId });
    expect(await findJob(jobId)).toMatchObject({ status: "CANCELLED" });
    expect(await statuses(jobId)).not.toContain("WAITING");
    expect(await beginStep({ runId, kind: "embed-chunk", index: 0 }, worker)).toBe("run-stops");
    await request();
  });

  it("drops the steps that wait, and from then on none is kept or registered", async () => {
    const { runId, jobId } = await startedRun();
    await take(jobId);
    await database().job.updateMany({
      where: { parentId: jobId, step: { index: 2 } },
      data: { status: "WAITING" },
    });
    await cancelJob(systemActor, { jobId });
    expect(await findJob(jobId)).toMatchObject({ status: "RUNNING", finishedAt: null });
    expect((await statuses(jobId)).at(-1)).toBe("CANCELLED");
    expect(await finishStep({ runId, kind: "embed-chunk", index: 0 })).toBe(false);
    expect(await steps(runId, "fit-head")).toEqual([]);

    const { snapshotId } = await database().trainingRun.findUniqueOrThrow({ where: { id: runId } });
    const model = {
      artifactSha256: "a".repeat(64),
      baseSha256: "b".repeat(64),
      cohort: "PHANTOM" as const,
      threshold: 0.5,
      temperature: 1,
      patients: {},
      card: {},
      runId,
    };
    expect(await finishRun({ runId, kind: "finish-model", index: 0 }, snapshotId!, model, null)).toBeNull();
    expect(await database().model.count()).toBe(0);
    await expect(request()).rejects.toMatchObject({ kind: "conflict" });
  });

  it("leaves it in its phase: a worker that has not seen it yet enters no later one", async () => {
    const { runId, jobId } = await startedRun();
    await take(jobId);
    const enter = (phase: "fit" | "calibrate") => transaction((db) => recordPhase(db, runId, phase));
    expect(await enter("fit")).toBe(true);
    await cancelJob(systemActor, { jobId });
    expect(await enter("calibrate")).toBe(false);
    expect(await findRun(systemActor, { runId })).toMatchObject({ phase: "fit" });
  });

  it("names the whole run: a step cannot be cancelled by itself", async () => {
    const { runId } = await startedRun();
    const [step] = await steps(runId, "embed-chunk");
    await expect(cancelJob(systemActor, { jobId: step!.jobId })).rejects.toMatchObject({ kind: "not-found" });
    expect(await findJob(step!.jobId)).toMatchObject({ status: "WAITING" });
  });
});

describe("runs that wait", () => {
  it("know how many come before them, and are taken in the order in which they were asked for", async () => {
    const first = await request();
    const second = await request({ cohort: "REAL" });
    // Its chunks are queued after the second run's first step, and come before it.
    await afterSnapshot(first);
    expect(await findRun(systemActor, first)).toMatchObject({ runsAhead: 0 });
    expect(await findRun(systemActor, second)).toMatchObject({ runsAhead: 1 });
    const queued = await database().$queryRaw<{ jobId: string }[]>`
      SELECT "payload"->>'jobId' AS "jobId" FROM graphile_worker._private_jobs
      WHERE "task_id" = (SELECT "id" FROM graphile_worker._private_tasks WHERE "identifier" = 'sulcus-part')
      ORDER BY "priority", "run_at", "id"`;
    const order = await Promise.all(
      queued.map(({ jobId: id }) => database().job.findUnique({ where: { id } })),
    );
    const ofBoth = order.flatMap((job) => job?.parentId ?? []);
    expect(ofBoth).toEqual([...Array(4).fill(first.jobId), second.jobId]);

    await cancelJob(systemActor, { jobId: first.jobId });
    expect(await findRun(systemActor, second)).toMatchObject({ runsAhead: 0 });
  });
});

describe("a run's log", () => {
  it("keeps its lines in order after the run's end, and is only added to", async () => {
    const { runId } = await request();
    for (const text of ["one", "two\n  three", "four"]) await appendRunLog(runId, worker, text);
    await endRun(runId, "FAILED", { code: "base-not-installed", sha256: "a1" });
    await endRun(runId, "CANCELLED", null);
    const { lines } = await readRunLog(systemActor, { runId });
    expect(lines.map(({ worker, text }) => [worker, text])).toEqual([
      ["hal, process 1", "one"],
      ["hal, process 1", "two | three"],
      ["hal, process 1", "four"],
      [null, 'The run failed: base-not-installed {"sha256":"a1"}'],
    ]);
    expect((await readRunLog(systemActor, { runId, last: 2 })).lines.map(({ text }) => text)).toEqual([
      "four",
      'The run failed: base-not-installed {"sha256":"a1"}',
    ]);
    await expect(database().runLogLine.updateMany({ data: { text: "" } })).rejects.toThrow();
    await expect(database().runLogLine.deleteMany()).rejects.toThrow();
  });

  it("is not found for a run that there is not", async () => {
    const runId = "00000000-0000-4000-8000-000000000000";
    await expect(readRunLog(systemActor, { runId })).rejects.toMatchObject({ kind: "not-found" });
  });
});
