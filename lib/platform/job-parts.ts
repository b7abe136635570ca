import type { Prisma, Transaction } from "./database";
import type { JobStatus } from "./generated/enums";
import { type JobContract, maxAttempts, notifyChange } from "./jobs";

/**
 * A job done in parts: one Job row, the whole, is what people see, ask for and cancel; each part is a Job row of its
 * own, with `wholeId`, that a worker takes, repeats and reports on like any other. Several workers share the parts.
 *
 * The whole is never delivered itself. It is WAITING until its first part is taken, then RUNNING until `endWhole`
 * (called in the transaction that keeps the last part's result), until a part fails, or until it is cancelled and its
 * last running part has stopped. At any moment before, one part at least waits or runs: a part is recorded and the
 * next ones are queued in one transaction, under the whole's row lock, which is always taken before any other.
 *
 * What changes the whole's state:
 * - WAITING -> RUNNING: a worker claims its first part. It never goes back to WAITING: a part whose worker has died
 *   waits again, the whole goes on.
 * - RUNNING -> DONE: `endWhole` by the last part, in the transaction that keeps its result.
 * - WAITING or RUNNING -> FAILED: a part has failed. Parts that wait are cancelled; parts that run find the whole ended
 *   and stop as cancelled.
 * - WAITING or RUNNING -> CANCELLED: a person cancels. Parts that wait are cancelled at once. Where a part still runs,
 *   the whole ends with the last of them; else at once.
 *
 * What is ignored: a part's end after its whole has ended; a cancel of a part by itself, which is `not-found`.
 */

/**
 * The queue's task for parts. A worker takes one part at a time, beside its other jobs: parts use the whole processor
 * and are many, so that an import's preview would wait behind all of them.
 */
export const partsTask = "sulcus-part";

/** Opens a job that is done in parts; its first part is to be queued in the same transaction. Returns its id. */
export async function openWhole(
  db: Transaction,
  kind: string,
  payload: Prisma.InputJsonObject,
  { key, requestedById = null }: { key: string; requestedById?: string | null },
): Promise<string> {
  const { id } = await db.job.create({ data: { kind, payload, key, requestedById } });
  await notifyChange(db, "job", id);
  return id;
}

/**
 * Queues a part in the caller's transaction and returns its id. `units` are how many units of work it holds.
 *
 * Parts of a whole that was asked for earlier are taken first.
 */
export async function enqueuePart<Payload>(
  db: Transaction,
  wholeId: string,
  contract: JobContract<Payload>,
  payload: Payload,
  units: number,
): Promise<string> {
  const { id } = await db.job.create({
    data: {
      kind: contract.kind,
      payload: contract.payload.parse(payload) as Prisma.InputJsonValue,
      progressTotal: units,
      wholeId,
    },
  });
  await db.$executeRaw`
    SELECT graphile_worker.add_job(${partsTask}, json_build_object('jobId', ${id}::text),
      max_attempts => ${maxAttempts}::int, run_at => w."createdAt")
    FROM "Job" w WHERE w."id" = ${wholeId}::uuid`;
  return id;
}

/** Locks a job's row until the transaction ends; false where it has ended or is to stop. */
export async function lockActive(db: Transaction, jobId: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ active: boolean }[]>`
    SELECT "status" IN ('WAITING', 'RUNNING') AND "cancelRequestedAt" IS NULL AS "active"
    FROM "Job" WHERE "id" = ${jobId}::uuid FOR UPDATE`;
  return rows[0]?.active ?? false;
}

/** Ends a whole that has not ended, and drops the parts that wait. */
export async function endWhole(
  db: Transaction,
  wholeId: string,
  status: Extract<JobStatus, "DONE" | "FAILED" | "CANCELLED">,
  error: string | null = null,
): Promise<void> {
  await dropWaitingParts(db, wholeId);
  await db.job.updateMany({
    where: { id: wholeId, status: { in: ["WAITING", "RUNNING"] } },
    data: { status, error, finishedAt: new Date() },
  });
  await notifyChange(db, "job", wholeId);
}

/** Cancels the parts that wait; says how many. */
export async function dropWaitingParts(db: Transaction, wholeId: string): Promise<number> {
  const dropped = await db.job.updateMany({
    where: { wholeId, status: "WAITING" },
    data: { status: "CANCELLED", finishedAt: new Date() },
  });
  return dropped.count;
}

/** What a part's end means for its whole, whose row the caller has locked. */
export async function settleWhole(
  db: Transaction,
  wholeId: string,
  partEnded: Extract<JobStatus, "DONE" | "FAILED" | "CANCELLED">,
  error: string | null,
): Promise<void> {
  if (partEnded === "FAILED") return endWhole(db, wholeId, "FAILED", error);
  const whole = await db.job.findUniqueOrThrow({ where: { id: wholeId } });
  const running = await db.job.count({ where: { wholeId, status: "RUNNING" } });
  if (whole.cancelRequestedAt && running === 0) await endWhole(db, wholeId, "CANCELLED");
}

/** Says on the whole's row how far its parts of one kind are together. */
export async function sumProgress(
  db: Transaction,
  wholeId: string,
  kind: string,
  message: string | null,
): Promise<void> {
  await db.$executeRaw`
    UPDATE "Job" w SET "progressDone" = s."done", "progressTotal" = s."total", "message" = coalesce(${message}, w."message")
    FROM (
      SELECT coalesce(sum("progressDone"), 0)::int AS "done", coalesce(sum("progressTotal"), 0)::int AS "total"
      FROM "Job" WHERE "wholeId" = ${wholeId}::uuid AND "kind" = ${kind}
    ) s
    WHERE w."id" = ${wholeId}::uuid AND w."status" = 'RUNNING'`;
  await notifyChange(db, "job", wholeId);
}
