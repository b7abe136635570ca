import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { keepAnAdmin } from "./keep-an-admin";
import type { ChangeRole } from "./schema";

/** Gives an account another role. Throws `forbidden`, `not-found`, or `conflict` for the last admin. */
export async function changeRole(actor: Actor, { userId, role }: z.infer<typeof ChangeRole>): Promise<void> {
  requirePermission(actor, "user:manage");
  await transaction(async (db) => {
    const user = await db.user.findUnique({ where: { id: userId } });
    if (!user) throw notFound({ code: "no-such-account" });
    if (user.role === role) return;
    if (user.role === "ADMIN") await keepAnAdmin(db, userId);
    await db.user.update({ where: { id: userId }, data: { role } });
    await recordAudit(db, actor, "user.role-changed", userId, { from: user.role, to: role });
  });
}
