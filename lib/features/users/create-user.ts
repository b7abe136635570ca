import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { isUniqueViolation, transaction } from "@/lib/platform/database";
import { conflict } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { generatePassword, hashPassword } from "./password";
import type { CreateUser } from "./schema";
import { setByAnother } from "./set-by-another";

/**
 * Makes an account. A password is generated where none is given, and returned this once. Where an admin makes the
 * account, its owner has to choose a password at the first sign-in (set-by-another.ts).
 *
 * Throws `forbidden` without `user:manage`; `conflict` where the address has an account.
 */
export async function createUser(actor: Actor, input: z.infer<typeof CreateUser>) {
  requirePermission(actor, "user:manage");
  const generated = input.password ? null : generatePassword();
  const passwordHash = await hashPassword(input.password ?? generated!);
  try {
    return await transaction(async (db) => {
      const { email, role } = input;
      const name = input.name ?? email.split("@")[0]!;
      const mustChangePassword = setByAnother(actor);
      const user = await db.user.create({ data: { email, name, role, passwordHash, mustChangePassword } });
      await recordAudit(db, actor, "user.created", user.id, { email, role, mustChangePassword });
      return { id: user.id, password: generated };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict({ code: "account-exists", email: input.email });
    throw error;
  }
}
