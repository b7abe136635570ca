import { dropWaitingChildren, endParentJob, lockActive } from "./child-jobs";
import type { Transaction } from "./database";
import { conflict, notFound } from "./errors";
import { notifyChange } from "./jobs";

/**
 * Asks a job to stop: a waiting job is cancelled at once, a running one at its next safe point. A parent job's waiting
 * children are cancelled, and it ends with the last of its running children.
 *
 * Throws `not-found`, also for a child job, which cannot be stopped by itself; `conflict` where the job has ended.
 */
export async function requestCancel(db: Transaction, jobId: string): Promise<void> {
  await lockActive(db, jobId);
  const job = await db.job.findUnique({ where: { id: jobId, parentId: null } });
  if (!job) throw notFound({ code: "no-such-job" });
  if (job.finishedAt) throw conflict({ code: "job-ended" });

  await dropWaitingChildren(db, jobId);
  const children = await db.job.groupBy({ by: ["status"], where: { parentId: jobId }, _count: true });
  const isUnderWay =
    job.status === "RUNNING" &&
    (children.length === 0 || children.some(({ status }) => status === "RUNNING"));
  await db.job.update({ where: { id: jobId }, data: { cancelRequestedAt: new Date() } });
  if (!isUnderWay) await endParentJob(db, jobId, "CANCELLED");
  await notifyChange(db, "job", jobId);
}
