import { createHash } from "node:crypto";
import { database } from "./database";

/** How often something may be tried within a span of time. */
export interface Limit {
  /** What is limited, and for whom (`limitKey`). */
  key: string;
  most: number;
  /** The span begins with its first attempt. */
  seconds: number;
}

/** An attempt that was counted. */
export interface Taken extends Limit {
  /** This one included. */
  count: number;
  resetsAt: Date;
}

/** The key of a limit: `whom` only as a SHA-256, so that the table names neither people nor machines. */
export function limitKey(what: string, ...whom: string[]): string {
  return `${what}:${createHash("sha256").update(JSON.stringify(whom)).digest("hex")}`;
}

/**
 * Counts an attempt against each limit before it is made, so that attempts at the same moment cannot all pass. Where one
 * limit is reached nothing is counted, and the answer is the seconds until there is room again.
 *
 * The limits are taken one after another, the narrowest first: what is refused by one never touches the wider ones, not
 * for a moment. No lock outlives its statement.
 */
export async function takeAttempt(limits: readonly Limit[]): Promise<Taken[] | number> {
  // Reads alone: who goes on trying after a refusal makes nobody wait for a row or for the disk.
  const wait = await secondsUntilRoom(limits);
  if (wait !== null) return wait;
  const taken: Taken[] = [];
  for (const limit of limits) {
    const one = await takeOne(limit);
    if (one) taken.push(one);
    else {
      await giveBack(taken);
      return (await secondsUntilRoom(limits)) ?? 1;
    }
  }
  return taken;
}

/** Takes attempts back that were not to be counted. One of a span that is over by now has nothing to take back. */
export async function giveBack(taken: readonly Taken[]): Promise<void> {
  for (const { key, resetsAt } of taken) {
    await database().$executeRaw`
      UPDATE "RateLimit" SET "count" = "count" - 1 WHERE "key" = ${key} AND "resetsAt" = ${resetsAt} AND "count" > 0`;
    await database().$executeRaw`DELETE FROM "RateLimit" WHERE "key" = ${key} AND "count" = 0`;
  }
}

/** Forgets what was counted against a limit. */
export async function forgetAttempts({ key }: Limit): Promise<void> {
  await database().rateLimit.deleteMany({ where: { key } });
}

/** Rows of spans that are over; how many were removed, or would be. */
export async function removeOldLimits({ dryRun }: { dryRun: boolean }): Promise<number> {
  if (!dryRun) return database().$executeRaw`DELETE FROM "RateLimit" WHERE "resetsAt" <= now()`;
  const [{ count }] = await database().$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS "count" FROM "RateLimit" WHERE "resetsAt" <= now()`;
  return count;
}

/** One attempt, counted in one statement; null where the limit is reached. A span that is over begins anew. */
async function takeOne(limit: Limit): Promise<Taken | null> {
  const { key, most, seconds } = limit;
  const [row] = await database().$queryRaw<{ count: number; resetsAt: Date }[]>`
    INSERT INTO "RateLimit" AS known ("key", "count", "resetsAt")
    VALUES (${key}, 1, now() + make_interval(secs => ${seconds}::int))
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN known."resetsAt" <= now() THEN 1 ELSE known."count" + 1 END,
      "resetsAt" = CASE WHEN known."resetsAt" <= now() THEN EXCLUDED."resetsAt" ELSE known."resetsAt" END
    WHERE known."resetsAt" <= now() OR known."count" < ${most}::int
    RETURNING "count", "resetsAt"`;
  return row ? { ...limit, ...row } : null;
}

/** Seconds until no limit is reached any more; null where none is. */
async function secondsUntilRoom(limits: readonly Limit[]): Promise<number | null> {
  const keys = limits.map(({ key }) => key);
  const most = limits.map((limit) => limit.most);
  const [{ seconds }] = await database().$queryRaw<[{ seconds: number | null }]>`
    SELECT ceil(extract(epoch FROM max("resetsAt") - now()))::int AS "seconds"
    FROM "RateLimit" JOIN unnest(${keys}::text[], ${most}::int[]) AS asked("key", "most") USING ("key")
    WHERE "count" >= "most" AND "resetsAt" > now()`;
  return seconds;
}
