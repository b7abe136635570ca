import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { database, transaction } from "@/lib/platform/database";
import { invalid, notFound, unauthenticated } from "@/lib/platform/errors";
import { forgetAttempts, type Taken } from "@/lib/platform/rate-limits";
import type { Actor } from "@/lib/records/access";
import { hashPassword } from "./password";
import { beginAttempt, checkPassword, passwordChangeLimit } from "./password-attempts";
import type { ChangeOwnPassword } from "./schema";

/**
 * Changes the actor's own password and ends their sessions, this one too; a change that was due is done with it. Throws
 * `invalid` for a wrong current one, which is recorded, and for a new one that is the current one; `unavailable` after too
 * many wrong ones.
 */
export async function changeOwnPassword(
  actor: Actor,
  input: z.infer<typeof ChangeOwnPassword>,
): Promise<void> {
  const userId = actor.id;
  if (!userId) throw unauthenticated();
  const user = await database().user.findUnique({ where: { id: userId } });
  if (!user) throw notFound({ code: "no-such-account" });
  const limit = passwordChangeLimit(userId);
  const taken = await beginAttempt("too-many-wrong-passwords", [limit]);
  if (!(await checkPassword(taken, user.passwordHash, input.current))) {
    await recordFailure(actor, userId, taken[0]!);
    throw invalid("current", { code: "wrong-password" });
  }
  await forgetAttempts(limit);
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

/** Each wrong one: the limit keeps them few, and someone else may sit at the person's machine. */
function recordFailure(actor: Actor, userId: string, { count }: Taken) {
  return transaction((db) =>
    recordAudit(db, actor, "user.password-change-failed", userId, { failures: count }),
  );
}
