import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { countUnseenFailures } from "@/lib/features/jobs/count-unseen-failures";
import { listJobs } from "@/lib/features/jobs/list-jobs";
import { markSeen } from "@/lib/features/jobs/mark-seen";
import { retryJob } from "@/lib/features/jobs/retry-job";
import { database, disconnect } from "@/lib/platform/database";
import type { JobStatus } from "@/lib/platform/generated/enums";
import type { Actor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeModel, makeStudy } from "../../support/factories";

let reviewer: Actor;
let reader: Actor;
beforeEach(async () => {
  await emptyDatabase();
  reviewer = await makeActor("REVIEWER");
  reader = await makeActor("READER");
});
afterAll(disconnect);

async function makeJob(
  kind: string,
  payload: object,
  status: JobStatus = "FAILED",
  key: string | null = null,
) {
  const { id } = await database().job.create({
    data: {
      ...{ kind, payload, status, key, finishedAt: new Date() },
      ...(status === "FAILED" ? { error: { code: "disk-full" } } : {}),
    },
  });
  return id;
}
const lastAudit = () => database().auditEvent.findFirst({ orderBy: { id: "desc" } });

describe("the list of jobs", () => {
  it("names what each job is about: archive, run, model, slice", async () => {
    const { studyId, sliceIds } = await makeStudy("TCGA_CS_0001", [null]);
    const model = await makeModel("CANDIDATE");
    const from = await database().import.create({
      data: { state: "FAILED", name: "set.zip", path: "/x", uploaded: true },
    });
    const run = await database().trainingRun.create({
      data: {
        parameters: {},
        seed: 1,
        cohort: "REAL",
        jobId: await makeJob("train-model", { runId: randomUUID() }),
      },
    });
    const ids = {
      import: await makeJob("import-archive", { importId: from.id }),
      model: await makeJob("compare-model", { modelId: model.id }),
      slice: await makeJob("explain-slice", { modelId: model.id, sliceId: sliceIds[0] }),
      all: await makeJob("predict-slices", {}),
      gone: await makeJob("compare-model", { modelId: randomUUID() }),
    };
    const about = new Map((await listJobs(reader)).map((job) => [job.id, job.about]));
    expect(about.get(ids.import)).toEqual({ kind: "import", id: from.id, name: "set.zip" });
    expect(about.get(run.jobId!)).toEqual({ kind: "run", id: run.id, number: run.number });
    expect(about.get(ids.model)).toEqual({ kind: "model", id: model.id, number: model.number });
    expect(about.get(ids.slice)).toEqual({
      kind: "slice",
      studyId,
      study: "TCGA_CS_0001_20000101",
      position: 1,
    });
    expect([about.get(ids.all), about.get(ids.gone)]).toEqual([null, null]);
  });

  it("shows failed ones, and those that nobody has seen", async () => {
    await makeJob("predict-slices", {}, "DONE");
    const [seen, unseen] = [await makeJob("predict-slices", {}), await makeJob("explain-slice", {})];
    await markSeen(reviewer, { jobId: seen });
    const ids = async (show: "all" | "failed" | "unseen") =>
      (await listJobs(reader, { show })).map(({ id }) => id);
    expect(await ids("all")).toHaveLength(3);
    expect((await ids("failed")).sort()).toEqual([seen, unseen].sort());
    expect(await ids("unseen")).toEqual([unseen]);
  });
});

describe("a failed job", () => {
  it("counts until somebody has seen it; who was first stands, and is recorded", async () => {
    const other = await makeActor("ADMIN");
    const jobId = await makeJob("predict-slices", {});
    await makeJob("predict-slices", {}, "CANCELLED");
    expect(await countUnseenFailures(reviewer)).toBe(1);
    expect(await countUnseenFailures(reader)).toBe(0);
    expect(await markSeen(reviewer, { jobId })).toEqual({ seen: 1 });
    expect(await lastAudit()).toMatchObject({ action: "job.seen", subjectId: jobId, actorId: reviewer.id });
    expect(await markSeen(other, { jobId })).toEqual({ seen: 0 });
    expect(await countUnseenFailures(reviewer)).toBe(0);
    const [job] = await listJobs(reviewer, { show: "failed" });
    expect(job).toMatchObject({ id: jobId, seenBy: reviewer.name, seenAt: expect.any(Date) });
  });

  it("and all others are seen at once where that is asked", async () => {
    await makeJob("predict-slices", {});
    await makeJob("explain-slice", {});
    expect(await markSeen(reviewer, {})).toEqual({ seen: 2 });
    expect(await countUnseenFailures(reviewer)).toBe(0);
  });

  it("is tried again as a new job of the same work, once, and counts as seen", async () => {
    const payload = { modelId: randomUUID() };
    const jobId = await makeJob("compare-model", payload, "FAILED", `compare-model:${payload.modelId}:next`);
    const again = await retryJob(reviewer, { jobId });
    expect(await database().job.findUnique({ where: { id: again.jobId } })).toMatchObject({
      kind: "compare-model",
      payload,
      status: "WAITING",
      key: `compare-model:${payload.modelId}`,
      requestedById: reviewer.id,
    });
    expect(await retryJob(reviewer, { jobId })).toEqual(again);
    expect(await countUnseenFailures(reviewer)).toBe(0);
    expect(await lastAudit()).toMatchObject({ action: "job.retried", detail: { next: again.jobId } });
  });

  it("is left alone by who may not, and one that has not failed or needs more than its payload is not repeated", async () => {
    const jobId = await makeJob("predict-slices", {});
    const refused = { kind: "forbidden" };
    await expect(retryJob(reader, { jobId })).rejects.toMatchObject(refused);
    await expect(markSeen(reader, { jobId })).rejects.toMatchObject(refused);
    const done = await makeJob("predict-slices", {}, "DONE");
    await expect(retryJob(reviewer, { jobId: done })).rejects.toMatchObject({ kind: "conflict" });
    expect(await markSeen(reviewer, { jobId: done })).toEqual({ seen: 0 });
    const run = await makeJob("train-model", {});
    await expect(retryJob(reviewer, { jobId: run })).rejects.toMatchObject({ kind: "conflict" });
    await expect(retryJob(reviewer, { jobId: randomUUID() })).rejects.toMatchObject({ kind: "not-found" });
    expect(await database().job.count({ where: { status: "WAITING" } })).toBe(0);
  });
});
