import { hostname } from "node:os";
import { database } from "@/lib/platform/database";
import { notifyChangeNow } from "@/lib/platform/jobs";
import { log } from "@/lib/platform/log";

/** A worker that has not reported for this long is dead, or as good as dead: its jobs may run twice. */
const silentMs = 20_000;

/**
 * Gives back what dead workers held: their jobs wait again and the queue's locks are released
 * (graphile-worker keeps them for four hours after a kill). Runs in every worker; running it twice is harmless.
 */
export async function reapDeadWorkers(ownId: string): Promise<number> {
  const db = database();
  const others = await db.workerProcess.findMany({ where: { id: { not: ownId } } });
  let requeued = 0;
  for (const worker of others) {
    const silent = Date.now() - worker.heartbeatAt.getTime() > silentMs;
    if (!silent && !(worker.host === hostname() && !isAlive(worker.pid))) continue;

    const held = await db.$transaction(async (tx) => {
      const jobs = await tx.job.findMany({ where: { workerId: worker.id, status: "RUNNING" } });
      await tx.job.updateMany({
        where: { workerId: worker.id, status: "RUNNING" },
        data: { status: "WAITING", workerId: null },
      });
      await unlock(tx, worker.queueIds);
      await tx.workerProcess.deleteMany({ where: { id: worker.id } });
      return jobs;
    });
    for (const job of held) await notifyChangeNow("job", job.id);
    requeued += held.length;
    log.warn(`worker ${worker.id} (pid ${worker.pid}) is gone; ${held.length} job(s) wait again`);
  }

  // A worker killed in its first moments holds a lock that no row names.
  const known = (await db.workerProcess.findMany({ select: { queueIds: true } })).flatMap(
    (row) => row.queueIds,
  );
  const orphans = await db.$queryRaw<{ locked_by: string }[]>`
    SELECT DISTINCT locked_by FROM graphile_worker.jobs
    WHERE locked_by IS NOT NULL AND locked_at < now() - interval '30 seconds' AND locked_by <> ALL (${known}::text[])`;
  await unlock(
    db,
    orphans.map((row) => row.locked_by),
  );
  return requeued;
}

async function unlock(db: Pick<ReturnType<typeof database>, "$executeRaw">, queueIds: string[]) {
  if (queueIds.length > 0) {
    await db.$executeRaw`SELECT graphile_worker.force_unlock_workers(${queueIds}::text[])`;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
