import { isDatabaseAway } from "@/lib/platform/database-away";
import { AppError, unavailable } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";

/** What a person may be told of an error: a feature's refusal, or that the database is away; null of a fault. */
export function asRefusal(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (!isDatabaseAway(error)) return null;
  log.warn("a request was refused: the database does not answer");
  return unavailable({ code: "database-away" });
}
