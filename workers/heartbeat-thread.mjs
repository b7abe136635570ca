import { parentPort, workerData } from "node:worker_threads";
import pg from "pg";

/**
 * Reports every `beatMs`, on a connection of its own, that its process lives; by the database's clock. Long work on the
 * process's main thread cannot hold it up. It is silent once that thread has not counted for `stuckMs`: a process that
 * is stuck for good must not keep its jobs.
 *
 * From the main thread: `{ queueIds }`, the names under which the queue knows the process. To it: "gone", where another
 * worker took this process for dead.
 */
const { databaseUrl, workerId, beatMs, stuckMs, count } = workerData;
const ticks = new Int32Array(count);
let queueIds = [];
let client = null;
let beating = false;
let seen = { ticks: -1, at: performance.now() };

async function beat() {
  if (beating || isStuck()) return;
  beating = true;
  try {
    client ??= await connect();
    const { rowCount } = await client.query(
      `UPDATE "WorkerProcess" SET "heartbeatAt" = now(), "queueIds" = $2 WHERE "id" = $1`,
      [workerId, queueIds],
    );
    if (rowCount === 0) parentPort.postMessage("gone");
  } catch {
    // The database is away for a moment: the next beat connects again.
    client?.end().catch(() => {});
    client = null;
  } finally {
    beating = false;
  }
}

async function connect() {
  const opened = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: beatMs * 2,
    query_timeout: beatMs * 2,
  });
  opened.on("error", () => {
    if (client === opened) client = null;
  });
  await opened.connect();
  return opened;
}

function isStuck() {
  const now = Atomics.load(ticks, 0);
  if (now !== seen.ticks) seen = { ticks: now, at: performance.now() };
  return performance.now() - seen.at > stuckMs;
}

const timer = setInterval(beat, beatMs);
parentPort.on("message", async (message) => {
  if (message.queueIds) {
    queueIds = message.queueIds;
    await beat();
    return;
  }
  clearInterval(timer);
  while (beating) await new Promise((resolve) => setTimeout(resolve, 10));
  await client?.end().catch(() => {});
  parentPort.close();
});
await beat();
parentPort.postMessage("beating");
