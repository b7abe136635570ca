import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { generatePassword, hashPassword } from "./password";
import { setByAnother } from "./set-by-another";

/**
 * Gives an account a new generated password, returned this once, and ends its sessions. Where an admin does it, the
 * account's owner has to choose another one at the next sign-in (set-by-another.ts).
 */
export async function resetPassword(
  actor: Actor,
  { userId }: { userId: string },
): Promise<{ password: string }> {
  requirePermission(actor, "user:manage");
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  const mustChangePassword = setByAnother(actor);
  await transaction(async (db) => {
    const changed = await db.user.updateMany({
      where: { id: userId },
      data: { passwordHash, mustChangePassword, sessionEpoch: { increment: 1 } },
    });
    if (changed.count === 0) throw notFound({ code: "no-such-account" });
    await recordAudit(db, actor, "user.password-reset", userId, { mustChangePassword });
  });
  return { password };
}
