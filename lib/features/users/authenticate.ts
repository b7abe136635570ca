import { verify } from "@node-rs/argon2";
import { recordAudit } from "@/lib/platform/audit";
import { database, transaction } from "@/lib/platform/database";
import { unavailable } from "@/lib/platform/errors";
import type { Role } from "@/lib/platform/generated/enums";
import { hashPassword } from "./password";

export interface SignedIn {
  id: string;
  email: string;
  name: string;
  role: Role;
  sessionEpoch: number;
}

/** Failures in a row before waiting begins; then the wait doubles from a second up to a quarter of an hour. */
const freeFailures = 5;
const longestWaitMs = 15 * 60_000;

let decoy: Promise<string> | undefined;

/**
 * Checks an e-mail address and a password; null where they do not fit an active account.
 *
 * An unknown address costs the same time as a wrong password (a decoy hash is checked), so addresses cannot be
 * probed. Throws `unavailable` while too many failures are recent.
 */
export async function authenticate(input: {
  email: string;
  password: string;
  address?: string;
}): Promise<SignedIn | null> {
  const email = input.email.trim().toLowerCase();
  const attempt = await database().signInAttempt.findUnique({ where: { email } });
  if (attempt && attempt.failures >= freeFailures) {
    const waitMs = Math.min(longestWaitMs, 1_000 * 2 ** (attempt.failures - freeFailures));
    const leftMs = attempt.lastFailureAt.getTime() + waitMs - Date.now();
    if (leftMs > 0) {
      throw unavailable({ code: "too-many-sign-ins", seconds: Math.ceil(leftMs / 1_000) });
    }
  }

  const user = await database().user.findUnique({ where: { email } });
  decoy ??= hashPassword("a password that nobody has");
  const fits = await verify(user?.passwordHash ?? (await decoy), input.password);
  const signedIn = fits && user && !user.deactivatedAt ? user : null;

  await transaction(async (db) => {
    if (signedIn) await db.signInAttempt.deleteMany({ where: { email } });
    else {
      const lastFailureAt = new Date();
      await db.signInAttempt.upsert({
        where: { email },
        create: { email, failures: 1, lastFailureAt },
        update: { failures: { increment: 1 }, lastFailureAt },
      });
    }
    await recordAudit(
      db,
      { id: signedIn?.id ?? null, email, address: input.address },
      signedIn ? "user.signed-in" : "user.sign-in-failed",
      signedIn?.id ?? email,
    );
  });
  if (!signedIn) return null;
  const { id, name, role, sessionEpoch } = signedIn;
  return { id, email, name, role, sessionEpoch };
}
