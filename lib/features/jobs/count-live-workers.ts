import { database } from "@/lib/platform/database";
import { isAlive } from "@/lib/records/live-workers";

/**
 * Workers that have reported within 15 s, by the database's clock; they report every 2 s. Whoever asks is the system
 * itself: what is said is a number.
 */
export async function countLiveWorkers(): Promise<number> {
  const [row] = await database().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "WorkerProcess" WHERE ${isAlive}`;
  return row!.count;
}
