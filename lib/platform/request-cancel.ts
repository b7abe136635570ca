import type { Transaction } from "./database";
import { conflict, notFound } from "./errors";
import { dropWaitingParts, endWhole, lockActive } from "./job-parts";
import { notifyChange } from "./jobs";

/**
 * Asks a job to stop: a waiting one is cancelled at once, a running one at its next safe point. One that is done in
 * parts loses those that wait, and ends with the last of those that run.
 *
 * Throws `not-found`, also for a part, which cannot be stopped by itself; `conflict` where the job has ended.
 */
export async function requestCancel(db: Transaction, jobId: string): Promise<void> {
  await lockActive(db, jobId);
  const job = await db.job.findUnique({ where: { id: jobId, wholeId: null } });
  if (!job) throw notFound("job");
  if (job.finishedAt) throw conflict("This job has already ended");

  await dropWaitingParts(db, jobId);
  const parts = await db.job.groupBy({ by: ["status"], where: { wholeId: jobId }, _count: true });
  const isUnderWay =
    job.status === "RUNNING" && (parts.length === 0 || parts.some(({ status }) => status === "RUNNING"));
  await db.job.update({ where: { id: jobId }, data: { cancelRequestedAt: new Date() } });
  if (!isUnderWay) await endWhole(db, jobId, "CANCELLED");
  await notifyChange(db, "job", jobId);
}
