import { database, type Transaction } from "@/lib/platform/database";
import { notifyChangeNow } from "@/lib/platform/jobs";
import { log } from "@/lib/platform/log";

/*
 * What one reaper knows of another worker: the last heartbeat that it has seen, and since when.
 *
 * Unknown: not seen yet. The next look makes it watched.
 * Watched: a new heartbeat begins the time again. The row is gone: forgotten. An error of the database: all are
 *   forgotten, so that a pause of the database kills nobody.
 * Silent for 10 s: its jobs are given back, under the row's lock and for that very heartbeat alone. A heartbeat that
 *   arrives in between wins, and the worker stays watched.
 */

/** A worker whose heartbeat has stood still for this long is dead, or as good as dead: its jobs may run twice. */
const silentAfterMs = 10_000;

interface Beat {
  id: string;
  pid: number;
  /** The heartbeat as text, so that no digit of it is lost on the way. */
  beat: string;
  /** The database's clock, in milliseconds. */
  now: number;
}

/**
 * Gives back what dead workers held: their jobs wait again, with the death counted, and the queue's locks are released
 * (graphile-worker keeps them for four hours after a kill). Runs in every worker; several at once do no harm.
 *
 * A worker is dead when this one has watched its heartbeat stand still for `silentMs` by the database's clock. Clocks of
 * machines and process ids say nothing: clocks differ, and a process in a container is invisible from the next one. While
 * the database is away nobody can report, so watching begins again once it is back.
 */
export function makeReaper(ownId: string, silentMs = silentAfterMs): () => Promise<number> {
  /** What was seen of each worker, and since when. */
  const watched = new Map<string, { beat: string; since: number }>();

  return async function reap(): Promise<number> {
    let requeued = 0;
    try {
      const beats = await database().$queryRaw<Beat[]>`
        SELECT "id"::text AS "id", "pid", "heartbeatAt"::text AS "beat",
               (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS "now"
        FROM "WorkerProcess" WHERE "id" <> ${ownId}::uuid`;
      for (const id of [...watched.keys()]) if (!beats.some((row) => row.id === id)) watched.delete(id);
      for (const { id, pid, beat, now } of beats) {
        const known = watched.get(id);
        if (known?.beat !== beat) watched.set(id, { beat, since: now });
        else if (now - known.since >= silentMs) requeued += await giveBack(id, beat, pid);
      }
    } catch (error) {
      watched.clear();
      throw error;
    }
    await unlockOrphans();
    return requeued;
  };
}

/** Gives back what a worker held, unless it has reported since `beat`. Returns how many jobs wait again. */
async function giveBack(id: string, beat: string, pid: number): Promise<number> {
  const held = await database().$transaction(async (tx) => {
    const [worker] = await tx.$queryRaw<{ queueIds: string[] }[]>`
      SELECT coalesce("queueIds", '{}') AS "queueIds" FROM "WorkerProcess"
      WHERE "id" = ${id}::uuid AND "heartbeatAt"::text = ${beat} FOR UPDATE`;
    if (!worker) return null;
    const jobs = await tx.$queryRaw<{ id: string }[]>`
      UPDATE "Job" SET "status" = 'WAITING', "workerId" = NULL, "deathProgress" = greatest("deathProgress", "progressDone"),
        "workerDeaths" = CASE WHEN "progressDone" > "deathProgress" THEN 1 ELSE "workerDeaths" + 1 END
      WHERE "workerId" = ${id}::uuid AND "status" = 'RUNNING' RETURNING "id"::text AS "id"`;
    await unlock(tx, worker.queueIds);
    await tx.workerProcess.deleteMany({ where: { id } });
    return jobs;
  });
  if (!held) return 0;
  for (const job of held) await notifyChangeNow("job", job.id);
  log.warn(`worker ${id} (pid ${pid}) is gone; ${held.length} job(s) wait again`);
  return held.length;
}

/** A worker killed in its first moments holds a lock that no row names. */
async function unlockOrphans(): Promise<void> {
  const orphans = await database().$queryRaw<{ locked_by: string }[]>`
    SELECT DISTINCT j.locked_by FROM graphile_worker.jobs j
    WHERE j.locked_by IS NOT NULL AND j.locked_at < now() - interval '30 seconds'
      AND NOT EXISTS (SELECT 1 FROM "WorkerProcess" w WHERE j.locked_by = ANY (w."queueIds"))`;
  await unlock(
    database(),
    orphans.map((row) => row.locked_by),
  );
}

async function unlock(db: Pick<Transaction, "$executeRaw">, queueIds: readonly string[]) {
  if (queueIds.length > 0) {
    await db.$executeRaw`SELECT graphile_worker.force_unlock_workers(${[...queueIds]}::text[])`;
  }
}
