import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { keepAnAdmin } from "./keep-an-admin";

/** Ends an account's sessions and refuses new ones; its labels stay. Throws as `changeRole` does. */
export async function deactivateUser(actor: Actor, { userId }: { userId: string }): Promise<void> {
  requirePermission(actor, "user:manage");
  await transaction(async (db) => {
    const user = await db.user.findUnique({ where: { id: userId } });
    if (!user) throw notFound({ code: "no-such-account" });
    if (user.deactivatedAt) return;
    if (user.role === "ADMIN") await keepAnAdmin(db, userId);
    await db.user.update({ where: { id: userId }, data: { deactivatedAt: new Date() } });
    await recordAudit(db, actor, "user.deactivated", userId);
  });
}
