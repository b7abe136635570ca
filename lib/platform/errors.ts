/** What went wrong, as far as a caller needs to know. */
export type ErrorCode =
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "invalid"
  | "too-large"
  | "conflict"
  | "unavailable";

/** An error whose message is meant for the user's eyes. Anything else that escapes is a fault and goes to the log. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** The input field it is about, if one. */
    readonly field?: string,
  ) {
    super(message);
    this.name = "AppError";
  }
}

export const unauthenticated = (message = "Please sign in") => new AppError("unauthenticated", message);
export const forbidden = (message = "Your role does not allow this") => new AppError("forbidden", message);
export const notFound = (what: string) => new AppError("not-found", `There is no such ${what}`);
export const invalid = (field: string, message: string) => new AppError("invalid", message, field);
export const tooLarge = (message: string) => new AppError("too-large", message);
export const conflict = (message: string) => new AppError("conflict", message);
export const unavailable = (message: string) => new AppError("unavailable", message);
