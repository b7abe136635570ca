import type { z } from "zod";
import { database, type Prisma, type Transaction } from "./database";

/**
 * Background work. A `Job` row carries what people see (status, progress, cancel request, error); graphile-worker
 * carries the job to a worker. Both are written in the caller's transaction, so a change and its consequence
 * happen together or not at all.
 *
 * WAITING -> RUNNING -> DONE | FAILED | CANCELLED; a dead worker's RUNNING job goes back to WAITING.
 * A job may also be done in parts (job-parts.ts).
 */
export interface JobContract<Payload> {
  /** e.g. `import-archive` */
  kind: string;
  payload: z.ZodType<Payload>;
}

/** The queue's task: the Job row says which contract it is. */
export const queueTask = "sulcus";

/** A job that dies with its worker is begun again this many times before it is given up. */
export const maxAttempts = 25;

export function jobContract<Payload>(kind: string, payload: z.ZodType<Payload>): JobContract<Payload> {
  return { kind, payload };
}

/**
 * Queues a job in the caller's transaction and returns its id.
 *
 * With a `key`, at most one waiting or running job carries it: a second call returns the first one's id. A RUNNING
 * job may have looked before the caller's change, so pass `again: true` to queue a successor behind it
 * (its key gains a suffix).
 */
export async function enqueue<Payload>(
  db: Transaction,
  contract: JobContract<Payload>,
  payload: Payload,
  options: { key?: string; again?: boolean; requestedById?: string | null } = {},
): Promise<string> {
  let key = options.key;
  if (key) {
    // Two callers with one key: the second waits here until the first's transaction ends.
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
    const active = await db.job.findMany({
      where: { key: { in: [key, `${key}:next`] }, status: { in: ["WAITING", "RUNNING"] } },
    });
    const waiting = active.find((job) => job.status === "WAITING" && !job.cancelRequestedAt);
    if (waiting) return waiting.id;
    if (active.length > 0) {
      if (!options.again) return active[0]!.id;
      key = active.some((job) => job.key === key) ? `${key}:next` : key;
      const successor = active.find((job) => job.key === key);
      if (successor) return successor.id;
    }
  }
  const job = await db.job.create({
    data: {
      kind: contract.kind,
      payload: contract.payload.parse(payload) as Prisma.InputJsonValue,
      key: key ?? null,
      requestedById: options.requestedById ?? null,
    },
  });
  await db.$executeRaw`SELECT graphile_worker.add_job(${queueTask}, json_build_object('jobId', ${job.id}::text), max_attempts => ${maxAttempts}::int)`;
  await notifyChange(db, "job", job.id);
  return job.id;
}

export type ChangeTopic = "job" | "import" | "run" | "model" | "label" | "draft" | "prediction" | "heatmap";

/** The channel that pages listen to. */
export const changeChannel = "sulcus";

/** Tells open pages, once the transaction commits, that a record changed. Carries ids, never content. */
export async function notifyChange(db: Transaction, topic: ChangeTopic, id: string): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${changeChannel}, ${JSON.stringify({ topic, id })})`;
}

/** The same outside a transaction. */
export async function notifyChangeNow(topic: ChangeTopic, id: string): Promise<void> {
  await notifyChange(database(), topic, id);
}
