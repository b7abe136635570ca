import { type AsWritten, inLog } from "./message";

/** What went wrong, as far as a caller needs to know. */
export type ErrorKind =
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "invalid"
  | "too-large"
  | "too-slow"
  | "conflict"
  | "unavailable";

/** What any part of the product may refuse, and how a job may fail. */
export type PlatformRefusal =
  | AsWritten
  | { code: "not-signed-in" }
  | { code: "role-forbids" }
  | { code: "request-of-other-site" }
  | { code: "no-json-object" }
  /** Bytes. */
  | { code: "request-too-large"; limit: number }
  | { code: "request-too-slow" }
  | { code: "request-too-deep"; limit: number }
  | { code: "no-such-job" }
  | { code: "job-ended" }
  | { code: "disk-full" }
  | { code: "workers-died"; times: number }
  | { code: "database-away" }
  /** A fault of ours: its first line, and the job whose log has more. */
  | { code: "fault"; cause: string; jobId: string };

/**
 * What is refused, by the part that refuses it. A part adds its own codes in its `refusals.ts` (`declare module`), so
 * that everything refused is typed here, and `lib/words` has to word it: tsc fails where a code has no words.
 */
export interface Refusals {
  platform: PlatformRefusal;
}
export type Refusal = Refusals[keyof Refusals];

/** A refusal that is meant for the user's eyes, as a code. Anything else that escapes is a fault and goes to the log. */
export class AppError extends Error {
  constructor(
    readonly kind: ErrorKind,
    /** What to tell the user. */
    readonly said: Refusal,
    /** The input field it is about, if one. */
    readonly field?: string,
  ) {
    super(inLog(said));
    this.name = "AppError";
  }
}

export const unauthenticated = () => new AppError("unauthenticated", { code: "not-signed-in" });
export const forbidden = (said: Refusal = { code: "role-forbids" }) => new AppError("forbidden", said);
export const notFound = (said: Refusal) => new AppError("not-found", said);
export const invalid = (field: string, said: Refusal) => new AppError("invalid", said, field);
export const tooLarge = (said: Refusal) => new AppError("too-large", said);
export const tooSlow = (said: Refusal) => new AppError("too-slow", said);
export const conflict = (said: Refusal) => new AppError("conflict", said);
export const unavailable = (said: Refusal) => new AppError("unavailable", said);
