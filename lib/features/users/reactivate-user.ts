import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";

/** Lets a deactivated account sign in again. Throws `forbidden` or `not-found`. */
export async function reactivateUser(actor: Actor, { userId }: { userId: string }): Promise<void> {
  requirePermission(actor, "user:manage");
  await transaction(async (db) => {
    const changed = await db.user.updateMany({
      where: { id: userId, deactivatedAt: { not: null } },
      // Sessions from before the deactivation stay ended.
      data: { deactivatedAt: null, sessionEpoch: { increment: 1 } },
    });
    if (changed.count > 0) await recordAudit(db, actor, "user.reactivated", userId);
    else if (!(await db.user.findUnique({ where: { id: userId } })))
      throw notFound({ code: "no-such-account" });
  });
}
