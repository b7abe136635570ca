import { type Refusal, unavailable } from "@/lib/platform/errors";
import { limitKey, takeAttempt } from "@/lib/platform/rate-limits";
import type { Actor } from "./access";

/** Counts what one account may do so many times an hour. Throws `unavailable`, saying why, where it has done so. */
export async function countHourly(
  actor: Actor,
  what: string,
  most: number,
  said: (seconds: number) => Refusal,
): Promise<void> {
  const taken = await takeAttempt([{ key: limitKey(what, actor.id ?? ""), most, seconds: 3_600 }]);
  if (typeof taken === "number") throw unavailable(said(taken));
}
