import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { cpus, hostname, totalmem } from "node:os";
import { type JobHelpers, Logger, type Runner, run, type WorkerEvents } from "graphile-worker";
import { z } from "zod";
import { childTask } from "@/lib/platform/child-jobs";
import { database } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { queueTask } from "@/lib/platform/jobs";
import { log } from "@/lib/platform/log";
import { daily, dailyCrontab, dailyTask } from "./daily";
import { startHeartbeat } from "./heartbeat";
import { makeReaper } from "./reaper";
import { runJob, type Task } from "./task";

/*
 * The life of a worker. Its row in `WorkerProcess` says that it lives; there is no column for its state.
 *
 * Starting: the row is written with a first heartbeat, the other workers' heartbeats are looked at a first time, its own
 *   begins. No job yet.
 * Taking jobs: both queues are read. A thread of its own writes the heartbeat every 2 s, whatever the main thread does,
 *   until that thread has done nothing for 15 minutes: then it is silent, since a stuck process must not keep its jobs.
 * Stopping: entered when the process is told to end, when it finds itself declared dead, or when its
 *   heartbeat cannot be written any more. No new job is taken; running ones stop at their next safe point and wait
 *   again, with the attempts that the queue counts set back to 0. Then the row goes. A second stop is ignored: it
 *   waits for the first.
 * Stopped: the row is gone and the process ends.
 * Dead (as others see it): the heartbeat has stood still for 10 s. Another worker's reaper puts its running jobs back
 *   to WAITING, releases its locks and removes its row, in one transaction (reaper.ts). Should the process live after
 *   all, its next heartbeat finds no row, and it enters Stopping. What it still writes of its jobs is ignored, because
 *   every write names the worker that holds the job.
 *
 * While the database is away nobody is declared dead: the heartbeat connects again, and reapers begin to watch again. A
 *   job that fails for it waits again as soon as the database answers (task.ts). What the queue cannot be told meanwhile
 *   ends the process, which the supervisor starts again; the next worker's reaper gives back what it held.
 */

const reapMs = 3_000;
/** Jobs at a time: two, so that a long prediction does not hold up an import's preview, and a child of a training run. */
const concurrency = { [queueTask]: 2, [childTask]: 1 };

export interface WorkerHandle {
  id: string;
  /** Ends when the worker has stopped. */
  done: Promise<void>;
  /** Puts running jobs back into the queue and ends. */
  stop(): Promise<void>;
}

/** Starts taking jobs from the queue in this process, and reports that it is alive. */
export async function startWorker(tasks: ReadonlyMap<string, Task>): Promise<WorkerHandle> {
  const id = randomUUID();
  const db = database();
  const queueIds: string[] = [];
  const interrupted: string[] = [];
  const shutdown = new AbortController();

  const capabilities = JSON.stringify({
    cpus: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
  });
  await db.$executeRaw`
    INSERT INTO "WorkerProcess" ("id", "host", "pid", "heartbeatAt", "capabilities", "queueIds")
    VALUES (${id}::uuid, ${hostname()}, ${process.pid}::int, now(), ${capabilities}::jsonb, '{}')`;
  const reap = makeReaper(id);
  await reap();
  const heartbeat = await startHeartbeat(id);

  const events = new EventEmitter() as WorkerEvents;
  // The queue's locks carry the pool's name, whatever its function for releasing them is called.
  events.on("pool:create", ({ workerPool }) => {
    queueIds.push(workerPool.id);
    heartbeat.knownAs(queueIds);
  });
  const take = async (payload: unknown, { job }: JobHelpers) => {
    const { jobId } = z.object({ jobId: z.uuid() }).parse(payload);
    try {
      await runJob(tasks, id, jobId, shutdown.signal);
    } catch (error) {
      interrupted.push(job.id);
      throw error;
    }
  };
  const runners: Runner[] = await Promise.all(
    Object.entries(concurrency).map(([queue, atATime]) =>
      run({
        connectionString: env.databaseUrl,
        concurrency: atATime,
        pollInterval: 1_000,
        noHandleSignals: true,
        events,
        logger: new Logger(() => (level, message) => {
          if (level === "error" && !message.includes("goes back into the queue"))
            log.warn(`queue: ${message}`);
        }),
        // One of the runners keeps the timetable; the workers agree through the database on who begins what.
        ...(queue === queueTask
          ? { taskList: { [queue]: take, [dailyTask]: daily }, crontab: dailyCrontab }
          : { taskList: { [queue]: take }, parsedCronItems: [] }),
      }),
    ),
  );
  const done = Promise.all(runners.map((runner) => runner.promise))
    .catch((error) => log.error("queue", error))
    .then(() => undefined);

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      clearInterval(reaper);
      shutdown.abort();
      await Promise.allSettled(runners.map((runner) => runner.stop()));
      await done;
      // To the queue an interrupted job is a failed one: it would wait longer with each restart, and in the end for ever.
      await db.$executeRaw`SELECT graphile_worker.reschedule_jobs(${interrupted}::bigint[], run_at => now(), attempts => 0)`.catch(
        (error) => log.warn(`queue: ${error}`),
      );
      await heartbeat.stop();
      // A job that could not be put back while the database was away: without the row nobody would look for it.
      await db
        .$transaction([
          db.job.updateMany({
            where: { workerId: id, status: "RUNNING" },
            data: { status: "WAITING", workerId: null },
          }),
          db.workerProcess.deleteMany({ where: { id } }),
        ])
        .catch(() => {});
    })();
    return stopping;
  };

  const reaper = setInterval(() => {
    reap().catch((error) => log.warn(`reaper: ${error}`));
  }, reapMs);
  void heartbeat.gone.then(() => {
    if (stopping) return;
    // It was stopped for a while, or cut off from the database: its jobs are others' now.
    log.warn("this worker was declared dead by another; it ends");
    return stop();
  });
  log.info(`worker ${id} takes jobs`);
  return { id, done, stop };
}
