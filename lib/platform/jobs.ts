import type { z } from "zod";
import { database, type Prisma, type Transaction } from "./database";
import type { Job } from "./generated/client";

/**
 * Background work. A `Job` row carries what people see (status, progress, cancel request, error); graphile-worker
 * carries the job to a worker. Both are written in the caller's transaction, so a change and its consequence
 * happen together or not at all.
 *
 * The states of a job (`Job.status`), WAITING -> RUNNING -> DONE | FAILED | CANCELLED:
 *
 * WAITING: entered by `enqueue`; from RUNNING when its worker stops or was declared dead. Left for RUNNING when a worker
 *   claims it; for CANCELLED at once when a person cancels.
 * A waiting job that is claimed ends at once where a person has cancelled it meanwhile, and fails where workers died on it
 *   `mostDeaths` times in a row without getting further: a file that kills one worker would kill them all in turn.
 * RUNNING: one worker, named in `workerId`, works on it. Left for DONE when its handler returns; for FAILED when the
 *   handler throws; for CANCELLED when the handler has stopped because a person cancelled; for WAITING as said above.
 *   A cancel sets `cancelRequestedAt` alone: the worker looks for it twice a second and stops at its next safe point.
 * DONE, FAILED, CANCELLED: final. Work is asked for again by another job (lib/features/jobs/retry-job.ts).
 *
 * What is ignored: a delivery by the queue of a job that is not WAITING; the end, or the progress, that a worker reports
 * of a job which another worker has taken over. To cancel a job that has ended is refused.
 *
 * Child jobs may do the work of a job (child-jobs.ts).
 */
export interface JobContract<Payload> {
  /** e.g. `import-archive` */
  kind: string;
  payload: z.ZodType<Payload>;
}

/** The queue's task: the Job row says which contract it is. */
export const queueTask = "sulcus";

/** Deliveries of a job that the queue makes: more than enough, since `mostDeaths` ends what cannot be done. */
export const maxAttempts = 25;

/** A job is given up once so many workers have died on it in a row without getting further. */
export const mostDeaths = 3;

export function jobContract<Payload>(kind: string, payload: z.ZodType<Payload>): JobContract<Payload> {
  return { kind, payload };
}

/**
 * Queues a job in the caller's transaction and returns its id.
 *
 * With a `key`, at most one waiting or running job carries it: a second call returns the first one's id. A RUNNING
 * job may have looked before the caller's change, so pass `again: true` to queue a successor behind it
 * (its key gains a suffix), which begins when that one has ended. One that waits begins only after the caller's
 * transaction has ended.
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
    const chain = await lockChain(db, key);
    const waiting = chain.find((job) => job.status === "WAITING" && !job.cancelRequestedAt);
    if (waiting) return waiting.id;
    if (chain.length > 0 && !options.again) return chain[0]!.id;
    // A worker that was thought dead may run one beside its successor.
    while (chain.some((job) => job.key === key)) key += nextSuffix;
  }
  const job = await db.job.create({
    data: {
      kind: contract.kind,
      payload: contract.payload.parse(payload) as Prisma.InputJsonValue,
      key: key ?? null,
      requestedById: options.requestedById ?? null,
    },
  });
  // What is in one named queue is done one after the other, over all workers.
  const queue = options.again ? (options.key ?? null) : null;
  await db.$executeRaw`SELECT graphile_worker.add_job(${queueTask}, json_build_object('jobId', ${job.id}::text), queue_name => ${queue}::text, max_attempts => ${maxAttempts}::int)`;
  await notifyChange(db, "job", job.id);
  return job.id;
}

const nextSuffix = ":next";

/**
 * The waiting and running jobs of a key and their successors. They are locked: no worker begins one that waits before
 * the caller's change is there for it to see, and none that is listed as waiting has started.
 */
function lockChain(db: Transaction, key: string) {
  return db.$queryRaw<Pick<Job, "id" | "key" | "status" | "cancelRequestedAt">[]>`
    SELECT "id", "key", "status"::text AS "status", "cancelRequestedAt" FROM "Job"
    WHERE ("key" = ${key} OR starts_with("key", ${key + nextSuffix})) AND "status" IN ('WAITING', 'RUNNING')
    ORDER BY "createdAt", "id" FOR NO KEY UPDATE`;
}

export type ChangeTopic =
  | "job"
  | "import"
  | "run"
  | "model"
  | "production"
  | "label"
  | "draft"
  | "prediction"
  | "heatmap"
  | "worker";

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
