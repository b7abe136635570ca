import { setTimeout as sleep } from "node:timers/promises";
import { lockActive, settleParentJob, sumProgress } from "@/lib/platform/child-jobs";
import { database } from "@/lib/platform/database";
import { AppError, type Refusal, unavailable } from "@/lib/platform/errors";
import { isDatabaseAway } from "@/lib/platform/is-database-away";
import { type JobContract, mostDeaths, notifyChange, notifyChangeNow } from "@/lib/platform/jobs";
import { log } from "@/lib/platform/log";
import type { Progress } from "@/lib/platform/progress";
import { storedMessage } from "@/lib/platform/stored-message";

/** What a handler is given beside its payload. */
export interface TaskContext {
  jobId: string;
  /** Aborted when a person cancels, the process stops, or another worker has taken the job over. */
  signal: AbortSignal;
  /** Says how far it is, in units of work; written at most four times a second. */
  progress(done: number, total: number, message?: Progress): void;
  log(text: string): void;
}

export interface Task {
  kind: string;
  run(payload: unknown, context: TaskContext): Promise<void>;
  /** Tells the handler's own record that its job ended otherwise than DONE. */
  ended?(payload: unknown, status: "FAILED" | "CANCELLED", error: Refusal | null): Promise<void>;
}

/** Binds a contract to its handler. The payload is parsed again here: it has been through the database. */
export function task<Payload>(
  contract: JobContract<Payload>,
  handler: (payload: Payload, context: TaskContext) => Promise<void>,
  ended?: (payload: Payload, status: "FAILED" | "CANCELLED", error: Refusal | null) => Promise<void>,
): Task {
  return {
    kind: contract.kind,
    run: (payload, context) => handler(contract.payload.parse(payload), context),
    ended: ended && ((payload, status, error) => ended(contract.payload.parse(payload), status, error)),
  };
}

/** Why a job's signal was aborted. */
type StopReason = "cancelled" | "shutdown" | "taken-over";

/** Thrown to put a job back into the queue: the process is stopping, or the job is another worker's. */
class Interrupted extends Error {}
const runsElsewhere = "another worker runs the job; it goes back into the queue";

const cancelPollMs = 500;
const progressEveryMs = 250;

/**
 * Runs one Job row to its end. Running it twice is safe: a job that is not waiting is left alone, and a job taken
 * over by another worker writes nothing more. One that fails because the database went away goes back into the queue.
 */
export async function runJob(
  tasks: ReadonlyMap<string, Task>,
  workerId: string,
  jobId: string,
  shutdown: AbortSignal,
): Promise<void> {
  try {
    await runOnce(tasks, workerId, jobId, shutdown);
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    await giveBack(workerId, jobId, shutdown);
    throw new Interrupted("the database went away; the job goes back into the queue");
  }
}

/** Puts a job back as soon as the database answers again; a worker that stops meanwhile does so at its end. */
async function giveBack(workerId: string, jobId: string, shutdown: AbortSignal) {
  const mine = { id: jobId, workerId, status: "RUNNING" as const };
  for (;;) {
    try {
      await database().job.updateMany({ where: mine, data: { status: "WAITING", workerId: null } });
      return;
    } catch (error) {
      if (!isDatabaseAway(error) || shutdown.aborted) throw error;
      await sleep(cancelPollMs);
    }
  }
}

async function runOnce(
  tasks: ReadonlyMap<string, Task>,
  workerId: string,
  jobId: string,
  shutdown: AbortSignal,
): Promise<void> {
  const db = database();
  const claimed = await db.job.updateManyAndReturn({
    where: { id: jobId, status: "WAITING" },
    data: { status: "RUNNING", workerId, startedAt: new Date(), attempts: { increment: 1 } },
  });
  const job = claimed[0];
  if (!job) return passOver(tasks, jobId);
  if (job.parentId) await beginWhole(job.parentId, job.attempts > 1);
  await notifyChangeNow("job", job.parentId ?? jobId);

  const mine = { id: jobId, workerId, status: "RUNNING" as const };
  const controller = new AbortController();
  const stop = (reason: StopReason) => controller.abort(reason);
  const onShutdown = () => stop("shutdown");
  shutdown.addEventListener("abort", onShutdown, { once: true });
  if (shutdown.aborted) onShutdown();

  const look = async () => {
    const row = await db.job
      .findUnique({ where: { id: jobId }, include: { parent: true } })
      .catch(() => undefined);
    if (row === undefined) return; // The database is away for a moment: go on.
    if (row?.workerId !== workerId || row.status !== "RUNNING") stop("taken-over");
    else if (row.cancelRequestedAt || isToStop(row.parent)) stop("cancelled");
  };
  const poll = setInterval(look, cancelPollMs);
  // Its worker may have died before it could stop.
  if (job.cancelRequestedAt) stop("cancelled");

  const progress = throttledProgress(job.parentId ?? jobId, async (done, total, message) => {
    await db.job.updateMany({
      where: mine,
      data: { progressDone: done, progressTotal: total, message: storedMessage(message) },
    });
    if (job.parentId) await sumProgress(db, job.parentId, job.kind, message);
  });
  const finish = async (status: "DONE" | "FAILED" | "CANCELLED", error: Refusal | null) => {
    await progress.flush();
    const written = await db.$transaction(async (tx) => {
      if (job.parentId) await lockActive(tx, job.parentId);
      const { count } = await tx.job.updateMany({
        where: mine,
        data: { status, error: storedMessage(error), finishedAt: new Date() },
      });
      if (job.parentId && count > 0) await settleParentJob(tx, job.parentId, status, error);
      await notifyChange(tx, "job", job.parentId ?? jobId);
      return count;
    });
    if (written === 0) throw new Interrupted(runsElsewhere);
  };

  const found = tasks.get(job.kind);
  try {
    if (!found) throw new Error(`no task is called ${job.kind}`);
    if (job.parentId) await look();
    controller.signal.throwIfAborted();
    if (job.workerDeaths >= mostDeaths) throw unavailable({ code: "workers-died", times: job.workerDeaths });
    await found.run(job.payload, {
      jobId,
      signal: controller.signal,
      progress: progress.report,
      log: (text) => log.info(`${job.kind} ${jobId}: ${text}`),
    });
    // A child whose parent was cancelled in the last moments ends the parent, and writes so on its record.
    if (job.parentId) await look();
    if (job.parentId && controller.signal.reason === "cancelled") throw controller.signal.reason;
    await finish("DONE", null);
  } catch (error) {
    // A database that is away says nothing of the job.
    if (error instanceof Interrupted || isDatabaseAway(error)) throw error;
    const reason = controller.signal.aborted ? (controller.signal.reason as StopReason) : undefined;
    // Thrown, since returning would take the job out of the queue under the other worker's hands.
    if (reason === "taken-over") throw new Interrupted(runsElsewhere);
    if (reason === "shutdown") {
      await progress.flush();
      await db.job.updateMany({ where: mine, data: { status: "WAITING", workerId: null } });
      throw new Interrupted("the worker is stopping; the job goes back into the queue");
    }
    const status = reason === "cancelled" ? "CANCELLED" : "FAILED";
    if (status === "FAILED" && !(error instanceof AppError)) log.error(`${job.kind} ${jobId} failed`, error);
    const said = status === "CANCELLED" ? null : whatToSay(error, jobId);
    await found?.ended?.(job.payload, status, said);
    await finish(status, said);
  } finally {
    clearInterval(poll);
    shutdown.removeEventListener("abort", onShutdown);
    await progress.flush();
  }
}

/** A parent begins with its first child; a child that begins again counts as another attempt of the parent. */
async function beginWhole(parentId: string, again: boolean) {
  const started = await database().job.updateMany({
    where: { id: parentId, status: "WAITING" },
    data: { status: "RUNNING", startedAt: new Date(), attempts: { increment: 1 } },
  });
  if (again && started.count === 0)
    await database().job.updateMany({
      where: { id: parentId, status: "RUNNING" },
      data: { attempts: { increment: 1 } },
    });
}

const isToStop = (parent: { status: string; cancelRequestedAt: Date | null } | null) =>
  parent !== null &&
  (parent.cancelRequestedAt !== null || parent.status === "FAILED" || parent.status === "CANCELLED");

/**
 * What is done with a delivered job that is not waiting: one that was cancelled before it began tells its record.
 * Returning takes the job out of the queue, so one that another worker runs is thrown back: that worker may die.
 */
async function passOver(tasks: ReadonlyMap<string, Task>, jobId: string) {
  const job = await database().job.findUnique({ where: { id: jobId } });
  if (job?.status === "CANCELLED") await tasks.get(job.kind)?.ended?.(job.payload, "CANCELLED", null);
  if (job && !job.finishedAt) throw new Interrupted(runsElsewhere);
}

/** What a person is told when a job failed. */
function whatToSay(error: unknown, jobId: string): Refusal {
  if (error instanceof AppError) return error.said;
  if ((error as NodeJS.ErrnoException)?.code === "ENOSPC") return { code: "disk-full" };
  const message = error instanceof Error ? error.message : String(error);
  return { code: "fault", cause: message.split("\n")[0]!, jobId };
}

function throttledProgress(
  jobId: string,
  write: (done: number, total: number, message: Progress | null) => Promise<unknown>,
) {
  let message: Progress | null = null;
  let latest: [number, number, Progress | null] | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<unknown> = Promise.resolve();
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const values = latest;
    latest = undefined;
    if (values) {
      writing = writing
        .then(() => write(...values))
        .then(() => notifyChangeNow("job", jobId))
        // Progress is for the eyes: losing one update must not lose the work.
        .catch((error) => log.warn(`progress of job ${jobId} was not written: ${error}`));
    }
    return writing;
  };
  return {
    report(done: number, total: number, said?: Progress) {
      message = said ?? message;
      latest = [Math.round(done), Math.round(total), message];
      timer ??= setTimeout(flush, progressEveryMs);
    },
    flush,
  };
}
