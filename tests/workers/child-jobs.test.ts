import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { endParentJob, enqueueChildJobs, openParentJob } from "@/lib/platform/child-jobs";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { invalid, type Refusal } from "@/lib/platform/errors";
import { jobContract } from "@/lib/platform/jobs";
import { asWritten } from "@/lib/platform/message";
import { requestCancel } from "@/lib/platform/request-cancel";
import { runJob, type TaskContext, task } from "@/workers/task";
import { emptyDatabase } from "../support/factories";

const shear = jobContract("shear-sheep", z.strictObject({ sheep: z.number() }));
type Handler = (payload: { sheep: number }, context: TaskContext) => Promise<void>;

let workerId: string;
beforeEach(async () => {
  await emptyDatabase();
  workerId = randomUUID();
  await database().workerProcess.create({
    data: { id: workerId, host: "elsewhere", pid: 1, heartbeatAt: new Date(), capabilities: {} },
  });
});
afterAll(disconnect);

/** A parent with some children, each of ten units. */
function queue(count: number) {
  return transaction(async (db) => {
    const parent = await openParentJob(db, "shear-flock", {}, { key: "flock" });
    const flock = Array.from({ length: count }, (_, sheep) => ({ payload: { sheep }, units: 10 }));
    return { parent, children: await enqueueChildJobs(db, parent, shear, flock) };
  });
}

function run(jobId: string, handler: Handler, shutdown = new AbortController().signal) {
  const ends: [string, Refusal | null][] = [];
  const own = task(shear, handler, async (_, status, error) => {
    ends.push([status, error]);
  });
  return runJob(new Map([[own.kind, own]]), workerId, jobId, shutdown).then(() => ends);
}

const find = (id: string) => database().job.findUniqueOrThrow({ where: { id } });
const cancel = (id: string) => transaction((db) => requestCancel(db, id));
async function untilStopped({ signal }: TaskContext): Promise<never> {
  if (!signal.aborted) await once(signal, "abort");
  throw signal.reason;
}
const done: Handler = async () => {};

const wolf = asWritten("This sheep is a wolf");

describe("a parent job", () => {
  it("has its children in the order given, beyond what one statement inserts", async () => {
    const { children } = await queue(2_100);
    const rows = await database().job.findMany({ where: { id: { in: children } }, orderBy: { id: "asc" } });
    const sheepOf = new Map(rows.map(({ id, payload }) => [id, (payload as { sheep: number }).sheep]));
    expect(children.map((id) => sheepOf.get(id))).toEqual(Array.from({ length: 2_100 }, (_, sheep) => sheep));
    const queued = await database().$queryRaw<{ id: string }[]>`
      SELECT p."payload" ->> 'jobId' AS "id" FROM graphile_worker._private_jobs p ORDER BY p."id"`;
    expect(queued.map(({ id }) => id).filter((id) => sheepOf.has(id))).toEqual(children);
  });

  it("waits, runs from its first child on, and ends when it is told to", async () => {
    const { parent, children } = await queue(2);
    expect(await find(parent)).toMatchObject({ status: "WAITING", attempts: 0, startedAt: null });
    await run(children[0]!, async () => {
      expect(await find(parent)).toMatchObject({ status: "RUNNING", workerId: null, attempts: 1 });
    });
    expect(await find(parent)).toMatchObject({ status: "RUNNING", attempts: 1 });
    await run(children[1]!, () => transaction((db) => endParentJob(db, parent, "DONE")));
    expect(await find(parent)).toMatchObject({ status: "DONE", error: null, attempts: 1 });
    expect(await find(children[1]!)).toMatchObject({ status: "DONE" });
  });

  it("sums the progress of its children", async () => {
    const { parent, children } = await queue(3);
    await run(children[0]!, async (_, { progress }) => progress(10, 10, { code: "embedding-slices" }));
    await run(children[1]!, async (_, { progress }) => progress(4, 10));
    expect(await find(parent)).toMatchObject({
      progressDone: 14,
      progressTotal: 30,
      message: { code: "embedding-slices" },
    });
  });

  it("counts a child that is started again", async () => {
    const { parent, children } = await queue(1);
    const shutdown = new AbortController();
    const stopped = run(
      children[0]!,
      async (_, context) => {
        shutdown.abort();
        await untilStopped(context);
      },
      shutdown.signal,
    );
    await expect(stopped).rejects.toThrow("goes back into the queue");
    expect(await find(children[0]!)).toMatchObject({ status: "WAITING", workerId: null });
    expect(await find(parent)).toMatchObject({ status: "RUNNING", attempts: 1 });
    await run(children[0]!, done);
    expect(await find(parent)).toMatchObject({ status: "RUNNING", attempts: 2 });
  });

  it("fails with a failing child and its message; waiting children are dropped, running ones stop", async () => {
    const { parent, children } = await queue(3);
    const running = run(children[0]!, (_, context) => untilStopped(context));
    const ends = await run(children[1]!, async () => {
      throw invalid("sheep", wolf);
    });
    expect(ends).toEqual([["FAILED", wolf]]);
    expect(await find(parent)).toMatchObject({ status: "FAILED", error: wolf });
    expect(await find(children[2]!)).toMatchObject({ status: "CANCELLED", attempts: 0 });
    expect(await running).toEqual([["CANCELLED", null]]);
    expect(await find(parent)).toMatchObject({ status: "FAILED", error: wolf });
  });

  it("that is cancelled ends with the last running child", async () => {
    const { parent, children } = await queue(3);
    let finishFirst = () => {};
    const first = run(
      children[0]!,
      () =>
        new Promise((resolve) => {
          finishFirst = resolve;
        }),
    );
    const second = run(children[1]!, async (_, context) => {
      await cancel(parent);
      await untilStopped(context);
    });
    expect(await second).toEqual([["CANCELLED", null]]);
    expect(await find(children[2]!)).toMatchObject({ status: "CANCELLED", attempts: 0 });
    expect(await find(parent)).toMatchObject({ status: "RUNNING" });
    finishFirst();
    // It has heard of it too late to stop, but tells its record.
    expect(await first).toEqual([["CANCELLED", null]]);
    expect(await find(parent)).toMatchObject({ status: "CANCELLED", error: null });
    await expect(cancel(parent)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("that is cancelled while no child runs ends at once, and its children never start", async () => {
    const { parent, children } = await queue(2);
    await run(children[0]!, done);
    await cancel(parent);
    expect(await find(parent)).toMatchObject({ status: "CANCELLED" });
    const ends = await run(children[1]!, async () => {
      throw new Error("started");
    });
    expect(ends).toEqual([["CANCELLED", null]]);
  });

  it("that was cancelled does not continue when a child comes back from a dead worker", async () => {
    const { parent, children } = await queue(1);
    await database().job.update({ where: { id: children[0] }, data: { status: "RUNNING", workerId } });
    await database().job.update({ where: { id: parent }, data: { status: "RUNNING" } });
    await cancel(parent);
    expect(await find(parent)).toMatchObject({ status: "RUNNING" });
    await database().job.update({ where: { id: children[0] }, data: { status: "WAITING", workerId: null } });
    const ends = await run(children[0]!, async () => {
      throw new Error("started");
    });
    expect(ends).toEqual([["CANCELLED", null]]);
    expect(await find(parent)).toMatchObject({ status: "CANCELLED" });
  });
});
