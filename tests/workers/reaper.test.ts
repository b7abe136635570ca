import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { enqueue } from "@/lib/platform/jobs";
import { makeReaper } from "@/workers/reaper";
import { blockJob } from "../support/blocking-worker";
import { emptyDatabase } from "../support/factories";
import { endOfJob, killWorkers, startWorkerProcess, until } from "../support/worker-process";

const silentMs = 400;
let reap: () => Promise<number>;

beforeEach(async () => {
  await emptyDatabase();
  await database().workerProcess.deleteMany();
  reap = makeReaper(randomUUID(), silentMs);
});
afterEach(async () => {
  vi.useRealTimers();
  await killWorkers();
});
afterAll(disconnect);

/** A worker's row with a job that it runs. */
async function makeWorker({ host = "elsewhere", pid = 1 } = {}) {
  const db = database();
  const { id } = await db.workerProcess.create({
    data: { id: randomUUID(), host, pid, heartbeatAt: new Date(0), capabilities: {} },
  });
  await beat(id);
  const job = await db.job.create({
    data: { kind: "block", payload: { ms: 1 }, status: "RUNNING", workerId: id },
  });
  return { id, jobId: job.id };
}
const beat = (id: string) =>
  database()
    .$executeRaw`UPDATE "WorkerProcess" SET "heartbeatAt" = clock_timestamp() WHERE "id" = ${id}::uuid`;
const statusOf = async (jobId: string) =>
  (await database().job.findUniqueOrThrow({ where: { id: jobId } })).status;

/** Reaps again and again until the silence has passed by the database's clock, `each` before every time. */
async function watchForSilence(each: () => Promise<unknown> = async () => {}) {
  const now = async () =>
    (
      await database().$queryRaw<{ ms: number }[]>`
      SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms`
    )[0]!.ms;
  const began = await now();
  let requeued = 0;
  while ((await now()) - began < 2 * silentMs) {
    await each();
    requeued += await reap();
  }
  return requeued;
}

describe("a worker whose heartbeat stands still", () => {
  it("is dead: its job waits again and its row is gone", async () => {
    const { id, jobId } = await makeWorker();
    expect(await reap()).toBe(0);
    expect(await watchForSilence()).toBe(1);
    expect(await statusOf(jobId)).toBe("WAITING");
    expect(await database().workerProcess.count({ where: { id } })).toBe(0);
  });

  it("is counted on its jobs, from the beginning where one got further since the death before", async () => {
    const seen: [number, number][] = [];
    const { jobId } = await makeWorker();
    for (const progressDone of [4, 4, 2, 5]) {
      const { id } = await makeWorker();
      await database().job.update({
        where: { id: jobId },
        data: { status: "RUNNING", workerId: id, progressDone },
      });
      await watchForSilence();
      const { workerDeaths, deathProgress } = await database().job.findUniqueOrThrow({
        where: { id: jobId },
      });
      seen.push([workerDeaths, deathProgress]);
    }
    expect(seen).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [1, 5],
    ]);
  });

  it("for long already is watched first: the database may have been away for all", async () => {
    const { id, jobId } = await makeWorker();
    await database().workerProcess.update({ where: { id }, data: { heartbeatAt: new Date(0) } });
    expect(await reap()).toBe(0);
    await beat(id); // it is back, like the database
    expect(await reap()).toBe(0);
    expect(await statusOf(jobId)).toBe("RUNNING");
  });

  it("and who reports just then keeps its job", async () => {
    const { id, jobId } = await makeWorker();
    expect(await watchForSilence(() => beat(id))).toBe(0);
    expect(await statusOf(jobId)).toBe("RUNNING");
  });
});

describe("a worker that reports", () => {
  it("lives, though no process with its number is to be seen under its host's name", async () => {
    // Two containers of one name: neither sees the other's processes.
    const { id, jobId } = await makeWorker({ host: hostname(), pid: 2 ** 22 + 1 });
    expect(await watchForSilence(() => beat(id))).toBe(0);
    expect(await statusOf(jobId)).toBe("RUNNING");
  });

  it("lives, whatever the clock of another machine says", async () => {
    const { id, jobId } = await makeWorker();
    for (const hours of [-3, 3]) {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hours * 3_600_000 });
      expect(await watchForSilence(() => beat(id))).toBe(0);
      vi.useRealTimers();
    }
    expect(await statusOf(jobId)).toBe("RUNNING");
  });
});

describe("a worker whose main thread is blocked for seconds", { timeout: 120_000 }, () => {
  it("goes on reporting, keeps its job and ends it", async () => {
    await startWorkerProcess("tests/support/blocking-worker.ts");
    const jobId = await transaction((db) => enqueue(db, blockJob, { ms: 8_000 }));
    await until(
      async () => (await statusOf(jobId)) === "RUNNING",
      () => "the job to begin",
    );
    const beats = new Set<number>();
    const observed = makeReaper(randomUUID(), 5_000);
    while ((await statusOf(jobId)) === "RUNNING") {
      const [worker] = await database().workerProcess.findMany();
      beats.add(worker!.heartbeatAt.getTime());
      expect(await observed()).toBe(0);
      await sleep(100);
    }
    expect(beats.size).toBeGreaterThanOrEqual(3);
    expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", attempts: 1 });
  });
});

describe("a worker that starts", { timeout: 120_000 }, () => {
  it("enters the daily work into the queue's timetable, once for all workers", async () => {
    await Promise.all([1, 2].map(() => startWorkerProcess("tests/support/blocking-worker.ts")));
    const known = () => database().$queryRaw<{ identifier: string }[]>`
      SELECT identifier FROM graphile_worker._private_known_crontabs`;
    await until(
      async () => (await known()).length > 0,
      () => "the timetable",
    );
    expect(await known()).toEqual([{ identifier: "sulcus-daily" }]);
  });
});
