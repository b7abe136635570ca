import { AppError, unavailable } from "@/lib/platform/errors";
import { isDatabaseAway } from "@/lib/platform/is-database-away";
import { log } from "@/lib/platform/log";

/** Open pages ask every few seconds: one line says it for all of them. */
const sayEveryMs = 10_000;
let saidAt = 0;

/** What a person may be told of an error: a feature's refusal, or that the database is away; null of a fault. */
export function asRefusal(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (!isDatabaseAway(error)) return null;
  if (Date.now() - saidAt > sayEveryMs) {
    saidAt = Date.now();
    log.warn("requests are refused: the database does not answer");
  }
  return unavailable({ code: "database-away" });
}
