import { verify } from "@node-rs/argon2";
import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { database, transaction } from "@/lib/platform/database";
import { invalid, notFound, unauthenticated } from "@/lib/platform/errors";
import type { Actor } from "@/lib/records/access";
import { hashPassword } from "./password";
import type { ChangeOwnPassword } from "./schema";

/**
 * Changes the actor's own password and ends their sessions, this one too; a change that was due is done with it. Throws
 * `invalid` for a wrong current one, and for a new one that is the current one.
 */
export async function changeOwnPassword(
  actor: Actor,
  input: z.infer<typeof ChangeOwnPassword>,
): Promise<void> {
  const userId = actor.id;
  if (!userId) throw unauthenticated();
  const user = await database().user.findUnique({ where: { id: userId } });
  if (!user) throw notFound({ code: "no-such-account" });
  if (!(await verify(user.passwordHash, input.current))) throw invalid("current", { code: "wrong-password" });
  if (input.next === input.current) throw invalid("next", { code: "same-password" });
  const passwordHash = await hashPassword(input.next);
  await transaction(async (db) => {
    await db.user.update({
      where: { id: userId },
      data: { passwordHash, mustChangePassword: false, sessionEpoch: { increment: 1 } },
    });
    await recordAudit(db, actor, "user.password-changed", userId, { wasDue: user.mustChangePassword });
  });
}
