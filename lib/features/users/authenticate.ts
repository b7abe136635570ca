import { setTimeout as sleep } from "node:timers/promises";
import { recordAudit } from "@/lib/platform/audit";
import { database, transaction } from "@/lib/platform/database";
import { AppError } from "@/lib/platform/errors";
import type { Role } from "@/lib/platform/generated/enums";
import { log } from "@/lib/platform/log";
import { forgetAttempts, giveBack, type Taken } from "@/lib/platform/rate-limits";
import { decoyHash } from "./password";
import { beginAttempt, checkPassword, signInLimits } from "./password-attempts";

export interface SignedIn {
  id: string;
  email: string;
  name: string;
  role: Role;
  sessionEpoch: number;
}

/** A wrong sign-in is answered at the next full quarter of a second. */
const beatMs = 250;

/**
 * A refused one is answered after about so long: who tries again at once would keep the process busy with saying no. Not after
 * exactly so long, or many that were refused together would come again together.
 */
const refusedMs = 1_000;

interface Attempt {
  email: string;
  password: string;
  address?: string;
}

/**
 * Checks an e-mail address and a password; null where they do not fit an active account. The attempt is counted before
 * the check and taken back where the password is right.
 *
 * An unknown address costs the same time as a wrong password: a decoy hash is checked, and what is recorded for an account
 * alone hides behind the beat of the answers. So addresses cannot be probed. Throws `unavailable` with the seconds to wait
 * where too many attempts were wrong (password-attempts.ts), or where too many people sign in at once.
 */
export async function authenticate(attempt: Attempt): Promise<SignedIn | null> {
  try {
    return await attemptOnce(attempt);
  } catch (error) {
    if (error instanceof AppError) await sleep(refusedMs * (0.5 + Math.random()));
    throw error;
  }
}

async function attemptOnce({ address, ...input }: Attempt): Promise<SignedIn | null> {
  const beganAt = performance.now();
  const email = input.email.trim().toLowerCase();
  const taken = await beginAttempt("too-many-sign-ins", signInLimits(email, address));
  const user = await database().user.findUnique({ where: { email } });
  const fits = await checkPassword(taken, user?.passwordHash ?? decoyHash, input.password);
  if (!fits || !user || user.deactivatedAt) {
    if (user) await recordFailure({ id: user.id, email, address }, taken);
    warnOfAddress(taken, address);
    await sleep(beatMs - ((performance.now() - beganAt) % beatMs));
    return null;
  }
  const [ofBoth, ...wider] = taken;
  await forgetAttempts(ofBoth!);
  await giveBack(wider);
  const { id, name, role, sessionEpoch } = user;
  await transaction((db) => recordAudit(db, { id, email, address }, "user.signed-in", id));
  return { id, email, name, role, sessionEpoch };
}

/** What a limit of sign-ins is about, in their order. */
const limited = ["account-and-address", "address", "account"] as const;

/**
 * Records the first wrong sign-in of a span and the one that reaches a limit, not those between: events stay for good, and
 * an attacker must not be able to fill the trail.
 */
async function recordFailure(
  { id, email, address }: { id: string; email: string; address: string | undefined },
  taken: readonly Taken[],
) {
  const reached = taken.flatMap(({ count, most, seconds }, at) =>
    count === most ? [{ limit: limited[at], failures: count, seconds }] : [],
  );
  const isFirst = taken[0]!.count === 1;
  if (!isFirst && reached.length === 0) return;
  const actor = { id: null, email, ...(address ? { address } : {}) };
  await transaction(async (db) => {
    if (isFirst) await recordAudit(db, actor, "user.sign-in-failed", id);
    for (const detail of reached) await recordAudit(db, actor, "user.sign-in-refused", id, detail);
  });
}

/** The log tells an operator of an address that tries many accounts, also where none of them exists. */
function warnOfAddress([, ofAddress]: readonly Taken[], address = "an unknown address") {
  if (ofAddress && ofAddress.count === ofAddress.most)
    log.warn(`${ofAddress.most} wrong sign-ins from ${address}: more are refused for a while`);
}
