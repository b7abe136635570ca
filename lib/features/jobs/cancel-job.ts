import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { requestCancel } from "@/lib/platform/request-cancel";
import { type Actor, requirePermission } from "@/lib/records/access";

/**
 * Asks a job to stop at its next safe point. The person who asked for it may, and so may holders of `job:cancel`.
 *
 * Throws `forbidden`; `not-found`; `conflict` where it has already ended.
 */
export async function cancelJob(actor: Actor, { jobId }: { jobId: string }): Promise<void> {
  requirePermission(actor, "job:read");
  await transaction(async (db) => {
    const job = await db.job.findUnique({ where: { id: jobId, parentId: null } });
    if (!job) throw notFound({ code: "no-such-job" });
    if (actor.id === null || job.requestedById !== actor.id) requirePermission(actor, "job:cancel");
    await requestCancel(db, jobId);
    await recordAudit(db, actor, "job.cancelled", jobId, { kind: job.kind });
  });
}
