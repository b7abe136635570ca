import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import pLimit, { type LimitFunction } from "p-limit";
import { unavailable } from "@/lib/platform/errors";

/**
 * Argon2id with the first choice of OWASP's password storage recommendations: 19 MiB, 2 passes. `Algorithm.Argon2id` is a
 * const enum that cannot be imported here.
 */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const zeros = (bytes: number) => Buffer.alloc(bytes).toString("base64").replaceAll("=", "");

/** A hash that no password has; checking one against it takes as long as against any other. */
export const decoyHash = `$argon2id$v=19$m=${argon2id.memoryCost},t=${argon2id.timeCost},p=${argon2id.parallelism}$${zeros(16)}$${zeros(32)}`;

/**
 * Passwords that a process works on at once. Argon2 runs on Node's four threads for files, network names and pictures: half
 * of them stay free, and a processor does, so that no page and no picture waits for guesses.
 */
const atOnce = Math.max(1, Math.min(2, availableParallelism() - 1));

/** Passwords that wait for their turn at most, some seconds' worth. */
const mostWaiting = 50;

/** One queue a process: Next loads this module once for routes and once for actions. */
const global = globalThis as { sulcusPasswords?: LimitFunction };

/** What is kept of a password. Throws `unavailable` where too many wait for their turn. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, argon2id));
}

/** Whether a hash was made of this password. Throws `unavailable` where too many wait for their turn. */
export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return inTurn(() => verify(passwordHash, password));
}

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  global.sulcusPasswords ??= pLimit(atOnce);
  if (global.sulcusPasswords.pendingCount >= mostWaiting) throw unavailable({ code: "passwords-busy" });
  return global.sulcusPasswords(work);
}

/** No letters that are mistaken for one another when read aloud or copied from paper. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** A random password of four groups of four, about 79 bits. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return Array.from({ length: 4 }, group).join("-");
}
