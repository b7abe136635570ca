import type { Prisma, Transaction } from "./database";
import type { JobStatus } from "./generated/enums";
import { inParts } from "./in-parts";
import { type JobContract, maxAttempts, notifyChange } from "./jobs";
import type { Message } from "./message";
import { storedMessage } from "./stored-message";

/**
 * A parent job is what people see, ask for and cancel. Its child jobs do the work: each is a Job row with `parentId`, which
 * a worker takes, repeats and reports on like any other. Several workers share the children.
 *
 * The queue never delivers the parent itself. The parent is
 * - WAITING until a worker takes its first child;
 * - RUNNING until the transaction that keeps the last child's result calls `endParentJob` (DONE), until a child fails
 *   (FAILED), or until it was cancelled and its last running child has stopped (CANCELLED).
 *
 * While it is WAITING or RUNNING, at least one child waits or runs: a child's result is recorded and the next children are
 * queued in one transaction. That transaction locks the parent's row before any other.
 *
 * The parent never goes back to WAITING: a child whose worker has died waits again, and the parent goes on. When a child
 * fails, or a person cancels, the children that wait are cancelled at once. Those that run find their parent ended, or
 * asked to stop, and stop at their next safe point. Ignored are the end of a child after its parent has ended, and a
 * cancel of a child by itself, which is `not-found`.
 */

/**
 * The queue's task for children. A worker takes one child at a time, beside its other jobs: children use every processor
 * and are many, and an import's preview would wait behind all of them.
 */
export const childTask = "sulcus-part";

/** Opens a parent job. The caller queues its first child in the same transaction. Returns its id. */
export async function openParentJob(
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
 * Queues children in the caller's transaction and returns their ids, in the order given. `units` are how many units of
 * work one holds. A million slices are tens of thousands of children.
 *
 * Children of a parent that was requested earlier are taken first; of one parent, in the order given.
 */
export async function enqueueChildJobs<Payload>(
  db: Transaction,
  parentId: string,
  contract: JobContract<Payload>,
  children: readonly { payload: Payload; units: number }[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const part of inParts(children)) {
    const rows = await db.job.createManyAndReturn({
      data: part.map(({ payload, units }) => ({
        kind: contract.kind,
        payload: contract.payload.parse(payload) as Prisma.InputJsonValue,
        progressTotal: units,
        parentId,
      })),
      select: { id: true },
    });
    ids.push(...rows.map(({ id }) => id));
  }
  await db.$executeRaw`
    SELECT graphile_worker.add_job(${childTask}, json_build_object('jobId', c."id"::text),
      max_attempts => ${maxAttempts}::int, run_at => w."createdAt")
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS c("id", "place"), "Job" w
    WHERE w."id" = ${parentId}::uuid ORDER BY c."place"`;
  return ids;
}

/** Locks a job's row until the transaction ends; false where it has ended or is to stop. */
export async function lockActive(db: Transaction, jobId: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ active: boolean }[]>`
    SELECT "status" IN ('WAITING', 'RUNNING') AND "cancelRequestedAt" IS NULL AS "active"
    FROM "Job" WHERE "id" = ${jobId}::uuid FOR UPDATE`;
  return rows[0]?.active ?? false;
}

/** Ends a parent that has not ended, and cancels its waiting children. */
export async function endParentJob(
  db: Transaction,
  parentId: string,
  status: Extract<JobStatus, "DONE" | "FAILED" | "CANCELLED">,
  error: Message | null = null,
): Promise<void> {
  await dropWaitingChildren(db, parentId);
  await db.job.updateMany({
    where: { id: parentId, status: { in: ["WAITING", "RUNNING"] } },
    data: { status, error: storedMessage(error), finishedAt: new Date() },
  });
  await notifyChange(db, "job", parentId);
}

/** Cancels the waiting children of a parent; returns how many. */
export async function dropWaitingChildren(db: Transaction, parentId: string): Promise<number> {
  const dropped = await db.job.updateMany({
    where: { parentId, status: "WAITING" },
    data: { status: "CANCELLED", finishedAt: new Date() },
  });
  return dropped.count;
}

/** What the end of a child means for its parent, whose row the caller has locked. */
export async function settleParentJob(
  db: Transaction,
  parentId: string,
  childEnded: Extract<JobStatus, "DONE" | "FAILED" | "CANCELLED">,
  error: Message | null,
): Promise<void> {
  if (childEnded === "FAILED") return endParentJob(db, parentId, "FAILED", error);
  const parent = await db.job.findUniqueOrThrow({ where: { id: parentId } });
  const running = await db.job.count({ where: { parentId, status: "RUNNING" } });
  if (parent.cancelRequestedAt && running === 0) await endParentJob(db, parentId, "CANCELLED");
}

/** Writes on the parent's row how far its children of one kind are together. */
export async function sumProgress(
  db: Transaction,
  parentId: string,
  kind: string,
  message: Message | null,
): Promise<void> {
  await db.$executeRaw`
    UPDATE "Job" w SET "progressDone" = s."done", "progressTotal" = s."total", "message" = coalesce(${message && JSON.stringify(message)}::jsonb, w."message")
    FROM (
      SELECT coalesce(sum("progressDone"), 0)::int AS "done", coalesce(sum("progressTotal"), 0)::int AS "total"
      FROM "Job" WHERE "parentId" = ${parentId}::uuid AND "kind" = ${kind}
    ) s
    WHERE w."id" = ${parentId}::uuid AND w."status" = 'RUNNING'`;
  await notifyChange(db, "job", parentId);
}
