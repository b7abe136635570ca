import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { endParentJob, enqueueChildJob, openParentJob } from "@/lib/platform/child-jobs";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { invalid } from "@/lib/platform/errors";
import { jobContract } from "@/lib/platform/jobs";
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

/** A whole of some parts, each of ten units. */
function queue(parts: number) {
  return transaction(async (db) => {
    const whole = await openParentJob(db, "shear-flock", {}, { key: "flock" });
    const ids = [];
    for (let sheep = 0; sheep < parts; sheep++)
      ids.push(await enqueueChildJob(db, whole, shear, { sheep }, 10));
    return { whole, parts: ids };
  });
}

function run(jobId: string, handler: Handler, shutdown = new AbortController().signal) {
  const ends: [string, string | null][] = [];
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

describe("a job done in parts", () => {
  it("waits, runs from its first part on, and ends when it is said to", async () => {
    const { whole, parts } = await queue(2);
    expect(await find(whole)).toMatchObject({ status: "WAITING", attempts: 0, startedAt: null });
    await run(parts[0]!, async () => {
      expect(await find(whole)).toMatchObject({ status: "RUNNING", workerId: null, attempts: 1 });
    });
    expect(await find(whole)).toMatchObject({ status: "RUNNING", attempts: 1 });
    await run(parts[1]!, () => transaction((db) => endParentJob(db, whole, "DONE")));
    expect(await find(whole)).toMatchObject({ status: "DONE", error: null, attempts: 1 });
    expect(await find(parts[1]!)).toMatchObject({ status: "DONE" });
  });

  it("says how far its parts are together", async () => {
    const { whole, parts } = await queue(3);
    await run(parts[0]!, async (_, { progress }) => progress(10, 10, "Shearing"));
    await run(parts[1]!, async (_, { progress }) => progress(4, 10));
    expect(await find(whole)).toMatchObject({ progressDone: 14, progressTotal: 30, message: "Shearing" });
  });

  it("counts a part that is begun again", async () => {
    const { whole, parts } = await queue(1);
    const shutdown = new AbortController();
    const stopped = run(
      parts[0]!,
      async (_, context) => {
        shutdown.abort();
        await untilStopped(context);
      },
      shutdown.signal,
    );
    await expect(stopped).rejects.toThrow("goes back into the queue");
    expect(await find(parts[0]!)).toMatchObject({ status: "WAITING", workerId: null });
    expect(await find(whole)).toMatchObject({ status: "RUNNING", attempts: 1 });
    await run(parts[0]!, done);
    expect(await find(whole)).toMatchObject({ status: "RUNNING", attempts: 2 });
  });

  it("fails with a failing part, in its words; the parts that wait are dropped, those that run stop", async () => {
    const { whole, parts } = await queue(3);
    const running = run(parts[0]!, (_, context) => untilStopped(context));
    const ends = await run(parts[1]!, async () => {
      throw invalid("sheep", "This sheep is a wolf");
    });
    expect(ends).toEqual([["FAILED", "This sheep is a wolf"]]);
    expect(await find(whole)).toMatchObject({ status: "FAILED", error: "This sheep is a wolf" });
    expect(await find(parts[2]!)).toMatchObject({ status: "CANCELLED", attempts: 0 });
    expect(await running).toEqual([["CANCELLED", null]]);
    expect(await find(whole)).toMatchObject({ status: "FAILED", error: "This sheep is a wolf" });
  });

  it("that is cancelled ends with the last part that runs", async () => {
    const { whole, parts } = await queue(3);
    let finishFirst = () => {};
    const first = run(
      parts[0]!,
      () =>
        new Promise((resolve) => {
          finishFirst = resolve;
        }),
    );
    const second = run(parts[1]!, async (_, context) => {
      await cancel(whole);
      await untilStopped(context);
    });
    expect(await second).toEqual([["CANCELLED", null]]);
    expect(await find(parts[2]!)).toMatchObject({ status: "CANCELLED", attempts: 0 });
    expect(await find(whole)).toMatchObject({ status: "RUNNING" });
    finishFirst();
    // It has heard of it too late to stop, but tells its record.
    expect(await first).toEqual([["CANCELLED", null]]);
    expect(await find(whole)).toMatchObject({ status: "CANCELLED", error: null });
    await expect(cancel(whole)).rejects.toMatchObject({ code: "conflict" });
  });

  it("that is cancelled while no part runs ends at once, and its parts are never begun", async () => {
    const { whole, parts } = await queue(2);
    await run(parts[0]!, done);
    await cancel(whole);
    expect(await find(whole)).toMatchObject({ status: "CANCELLED" });
    const ends = await run(parts[1]!, async () => {
      throw new Error("begun");
    });
    expect(ends).toEqual([["CANCELLED", null]]);
  });

  it("that was cancelled is not gone on with where a part comes back from a dead worker", async () => {
    const { whole, parts } = await queue(1);
    await database().job.update({ where: { id: parts[0] }, data: { status: "RUNNING", workerId } });
    await database().job.update({ where: { id: whole }, data: { status: "RUNNING" } });
    await cancel(whole);
    expect(await find(whole)).toMatchObject({ status: "RUNNING" });
    await database().job.update({ where: { id: parts[0] }, data: { status: "WAITING", workerId: null } });
    const ends = await run(parts[0]!, async () => {
      throw new Error("begun");
    });
    expect(ends).toEqual([["CANCELLED", null]]);
    expect(await find(whole)).toMatchObject({ status: "CANCELLED" });
  });
});
