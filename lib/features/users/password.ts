import { randomInt } from "node:crypto";
import { hash } from "@node-rs/argon2";

/** `Algorithm.Argon2id`, a const enum that cannot be imported here. */
const argon2id = 2;

/** Argon2id with the first choice of OWASP's password storage recommendations (19 MiB, 2 passes). */
export function hashPassword(password: string): Promise<string> {
  return hash(password, { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}

/** No letters that are mistaken for one another when read aloud or copied from paper. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** A random password of four groups of four, about 79 bits. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return Array.from({ length: 4 }, group).join("-");
}
