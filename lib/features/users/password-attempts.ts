import { isIPv6 } from "node:net";
import { unavailable } from "@/lib/platform/errors";
import { giveBack, type Limit, limitKey, type Taken, takeAttempt } from "@/lib/platform/rate-limits";
import { verifyPassword } from "./password";

const quarterHour = 15 * 60;
const hour = 60 * 60;

/** Stands for the address of a request of which none is known: those share one. */
const noAddress = "";

/**
 * Wrong sign-ins that are allowed, the narrowest limit first. The first one stops a guesser without stopping the account's
 * owner, who sits elsewhere; the second one guesses at many accounts; the third one guesses from many addresses. Accounts that
 * do not exist have the same limits.
 */
export function signInLimits(email: string, address: string | undefined): [Limit, Limit, Limit] {
  const network = address ? networkOf(address) : noAddress;
  return [
    { key: limitKey("sign-in", email, network), most: 5, seconds: quarterHour },
    { key: limitKey("sign-in-address", network), most: 30, seconds: quarterHour },
    { key: limitKey("sign-in-account", email), most: 100, seconds: hour },
  ];
}

/** Wrong current passwords that are allowed while a person changes their own: whoever has their session may not guess it. */
export function passwordChangeLimit(userId: string): Limit {
  return { key: limitKey("password-change", userId), most: 5, seconds: quarterHour };
}

/** Counts an attempt before a password is checked. Throws `unavailable` with `code` and the seconds to wait. */
export async function beginAttempt(
  code: "too-many-sign-ins" | "too-many-wrong-passwords",
  limits: readonly Limit[],
): Promise<Taken[]> {
  const taken = await takeAttempt(limits);
  if (typeof taken === "number") throw unavailable({ code, seconds: taken });
  return taken;
}

/** Checks the password of an attempt; one that could not be checked was none. */
export async function checkPassword(
  taken: readonly Taken[],
  passwordHash: string,
  password: string,
): Promise<boolean> {
  try {
    return await verifyPassword(passwordHash, password);
  } catch (error) {
    await giveBack(taken);
    throw error;
  }
}

/** Who has one address of IPv6 has 2^64: their network counts. An address of IPv4 may come written as one of IPv6. */
function networkOf(address: string): string {
  const four = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (four || !isIPv6(address)) return four ?? address;
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const groups = (part: string) => (part ? part.split(":") : []);
  const [first, last] = [groups(head), groups(tail)];
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill("0");
  return [...first, ...zeros, ...last]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16))
    .join(":");
}
