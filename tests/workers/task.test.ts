import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { invalid, type Refusal } from "@/lib/platform/errors";
import { enqueue, jobContract } from "@/lib/platform/jobs";
import { requestCancel } from "@/lib/platform/request-cancel";
import { runJob, type TaskContext, task } from "@/workers/task";
import { emptyDatabase } from "../support/factories";

const contract = jobContract("count-sheep", z.strictObject({ sheep: z.number() }));
async function untilStopped({ signal }: TaskContext): Promise<never> {
  if (!signal.aborted) await once(signal, "abort");
  throw signal.reason;
}

let workerId: string;
beforeEach(async () => {
  await emptyDatabase();
  workerId = await makeWorker();
});
afterAll(disconnect);

async function makeWorker() {
  const { id } = await database().workerProcess.create({
    data: { id: randomUUID(), host: "elsewhere", pid: 1, heartbeatAt: new Date(), capabilities: {} },
  });
  return id;
}

const queue = () => transaction((db) => enqueue(db, contract, { sheep: 3 }));
const find = (id: string) => database().job.findUniqueOrThrow({ where: { id } });

type Handler = (payload: { sheep: number }, context: TaskContext) => Promise<void>;

function run(
  jobId: string,
  handler: Handler,
  { by = workerId, shutdown = new AbortController().signal } = {},
) {
  const ends: [string, Refusal | null][] = [];
  const own = task(contract, handler, async (_, status, error) => {
    ends.push([status, error]);
  });
  return runJob(new Map([[own.kind, own]]), by, jobId, shutdown).then(() => ends);
}

const missing = { code: "nothing-at-path", path: "/a.zip" } as const;

describe("a job", () => {
  it("is run by one of many workers that take it at once", async () => {
    const jobId = await queue();
    const counted: number[] = [];
    const workers = [workerId, await makeWorker(), await makeWorker(), await makeWorker()];
    const handler: Handler = async ({ sheep }) => {
      counted.push(sheep);
      await sleep(100);
    };
    await Promise.allSettled(workers.map((by) => run(jobId, handler, { by })));
    await run(jobId, handler);
    expect(counted).toEqual([3]);
    expect(await find(jobId)).toMatchObject({ status: "DONE", error: null, attempts: 1 });
  });

  it("that a person cancelled while its worker died is cancelled by the next one, and not begun", async () => {
    const jobId = await queue();
    await database().job.update({ where: { id: jobId }, data: { cancelRequestedAt: new Date() } });
    const begun = vi.fn();
    expect(await run(jobId, begun)).toEqual([["CANCELLED", null]]);
    expect(begun).not.toHaveBeenCalled();
    expect(await find(jobId)).toMatchObject({ status: "CANCELLED", error: null });
  });

  it("on which three workers died fails with that reason, and is not begun a fourth time", async () => {
    const jobId = await queue();
    const begun = vi.fn();
    await database().job.update({ where: { id: jobId }, data: { workerDeaths: 3 } });
    const reason = { code: "workers-died", times: 3 };
    expect(await run(jobId, begun)).toEqual([["FAILED", reason]]);
    expect(begun).not.toHaveBeenCalled();
    expect(await find(jobId)).toMatchObject({ status: "FAILED", error: reason });
  });

  it("says how far it is", async () => {
    const jobId = await queue();
    await run(jobId, async (_, { progress }) => {
      progress(1, 3, { code: "embedding-slices" });
      progress(2, 3);
    });
    expect(await find(jobId)).toMatchObject({
      progressDone: 2,
      progressTotal: 3,
      message: { code: "embedding-slices" },
    });
  });

  it("fails with the reason, code and values, and tells its own record", async () => {
    const jobId = await queue();
    const ends = await run(jobId, async () => {
      throw invalid("path", missing);
    });
    expect(ends).toEqual([["FAILED", missing]]);
    expect(await find(jobId)).toMatchObject({ status: "FAILED", error: missing });
  });

  it("that falls over an unexpected fault points to the log", async () => {
    const jobId = await queue();
    await run(jobId, async () => {
      throw new TypeError("sheep is not iterable");
    });
    const { status, error } = await find(jobId);
    expect(status).toBe("FAILED");
    expect(error).toEqual({ code: "fault", cause: "sheep is not iterable", jobId });
  });

  it("that waits is cancelled at once and never starts", async () => {
    const jobId = await queue();
    await transaction((db) => requestCancel(db, jobId));
    expect((await find(jobId)).status).toBe("CANCELLED");
    await run(jobId, async () => {
      throw new Error("begun");
    });
    expect(await find(jobId)).toMatchObject({ status: "CANCELLED", attempts: 0 });
  });

  it("under way stops when it is cancelled, and tells its own record", async () => {
    const jobId = await queue();
    const ends = await run(jobId, async (_, context) => {
      await transaction((db) => requestCancel(db, jobId));
      await untilStopped(context);
    });
    expect(ends).toEqual([["CANCELLED", null]]);
    expect(await find(jobId)).toMatchObject({ status: "CANCELLED", error: null });
  });

  it("cannot be cancelled once it has ended", async () => {
    const jobId = await queue();
    await run(jobId, async () => {});
    await expect(transaction((db) => requestCancel(db, jobId))).rejects.toMatchObject({ kind: "conflict" });
  });

  it("waits again when its worker stops", async () => {
    const jobId = await queue();
    const shutdown = new AbortController();
    const running = run(
      jobId,
      async (_, context) => {
        shutdown.abort();
        await untilStopped(context);
      },
      { shutdown: shutdown.signal },
    );
    await expect(running).rejects.toThrow("goes back into the queue");
    expect(await find(jobId)).toMatchObject({ status: "WAITING", workerId: null, attempts: 1 });
  });

  it("waits again where the database went away in the middle of it", async () => {
    const jobId = await queue();
    const running = run(jobId, async () => {
      await database().$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`;
    });
    await expect(running).rejects.toThrow("goes back into the queue");
    expect(await find(jobId)).toMatchObject({ status: "WAITING", workerId: null, error: null });
    await run(jobId, async () => {});
    expect(await find(jobId)).toMatchObject({ status: "DONE", attempts: 2 });
  });

  it("taken over by another worker is left to that one, and to the queue in case that one dies", async () => {
    const jobId = await queue();
    const other = await makeWorker();
    const running = run(jobId, async (_, context) => {
      await database().job.update({ where: { id: jobId }, data: { workerId: other } });
      await untilStopped(context).catch(() => {});
      context.progress(99, 100, { code: "embedding-slices" });
      throw context.signal.reason;
    });
    await expect(running).rejects.toThrow("goes back into the queue");
    expect(await find(jobId)).toMatchObject({ status: "RUNNING", workerId: other, message: null });
    await expect(run(jobId, async () => {})).rejects.toThrow("goes back into the queue");
  });
});

describe("a job that was taken over unnoticed", () => {
  it("is not ended by the worker that lost it", async () => {
    const jobId = await queue();
    const other = await makeWorker();
    const running = run(jobId, async () => {
      await database().job.update({ where: { id: jobId }, data: { workerId: other } });
    });
    await expect(running).rejects.toThrow("goes back into the queue");
    expect(await find(jobId)).toMatchObject({ status: "RUNNING", workerId: other });
  });
});

describe("a key", () => {
  const keyed = (again = false) =>
    transaction((db) => enqueue(db, contract, { sheep: 1 }, { key: "sheep", again }));

  it("is carried by one waiting job, however many ask at once", async () => {
    const ids = await Promise.all([keyed(), keyed(), keyed(true)]);
    expect(new Set(ids).size).toBe(1);
    expect(await database().job.count()).toBe(1);
  });

  it("gives one successor to a running job where the caller's change may have come too late for it", async () => {
    const first = await keyed();
    await run(first, async () => {
      expect(await keyed()).toBe(first);
      const next = await keyed(true);
      expect(next).not.toBe(first);
      expect(await keyed(true)).toBe(next);
    });
    expect(await database().job.count()).toBe(2);
  });

  it("gives a successor also where an earlier one is already running on another worker", async () => {
    const first = await keyed();
    const other = await makeWorker();
    await run(first, async () => {
      const second = await keyed(true);
      await run(
        second,
        async () => {
          const third = await keyed(true);
          expect([first, second]).not.toContain(third);
          expect(await keyed(true)).toBe(third);
        },
        { by: other },
      );
    });
    expect(await database().job.count()).toBe(3);
  });

  it("keeps the job that waits from beginning before the change it is to see has been made", async () => {
    const waiting = await keyed();
    const asked = new EventEmitter();
    const changed = transaction(async (db) => {
      expect(await enqueue(db, contract, { sheep: 1 }, { key: "sheep", again: true })).toBe(waiting);
      asked.emit("asked");
      await sleep(300);
      await db.workerProcess.update({ where: { id: workerId }, data: { host: "changed meanwhile" } });
    });
    await once(asked, "asked");
    const seen: string[] = [];
    await run(waiting, async () => {
      seen.push((await database().workerProcess.findUniqueOrThrow({ where: { id: workerId } })).host);
    });
    await changed;
    expect(seen).toEqual(["changed meanwhile"]);
  });
});
