import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { notifyChange } from "@/lib/platform/jobs";
import { type Actor, requirePermission } from "@/lib/records/access";

/**
 * Marks a failed job, or all of them, as seen by the actor, and says how many. Marking one again changes nothing: who saw
 * it first stands.
 *
 * Throws `forbidden` without `job:cancel`.
 */
export async function markSeen(actor: Actor, { jobId }: { jobId?: string }): Promise<{ seen: number }> {
  requirePermission(actor, "job:cancel");
  return transaction(async (db) => {
    const seen = await db.job.updateManyAndReturn({
      where: { ...(jobId ? { id: jobId } : {}), parentId: null, status: "FAILED", seenAt: null },
      data: { seenAt: new Date(), seenById: actor.id },
      select: { id: true, kind: true },
    });
    for (const { id, kind } of seen) {
      await recordAudit(db, actor, "job.seen", id, { kind });
      await notifyChange(db, "job", id);
    }
    return { seen: seen.length };
  });
}
