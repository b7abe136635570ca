import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { generatePassword, hashPassword } from "./password";

/** Gives an account a new generated password, returned this once, and ends its sessions. */
export async function resetPassword(
  actor: Actor,
  { userId }: { userId: string },
): Promise<{ password: string }> {
  requirePermission(actor, "user:manage");
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  await transaction(async (db) => {
    const changed = await db.user.updateMany({
      where: { id: userId },
      data: { passwordHash, sessionEpoch: { increment: 1 } },
    });
    if (changed.count === 0) throw notFound({ code: "no-such-account" });
    await recordAudit(db, actor, "user.password-reset", userId);
  });
  return { password };
}
