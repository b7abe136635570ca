import path from "node:path";
import { disconnect } from "@/lib/platform/disconnect";
import type { WorkerHandle } from "@/workers/start-worker";
import { ensureDatabase } from "../setup/database.mjs";
import { dataFolder } from "../setup/folders.mjs";
import { runningInstallation } from "../setup/running.mjs";

export interface Installation {
  /** Starts a worker in this process where none is alive. */
  ensureWorker(): Promise<void>;
}

/**
 * Runs `work` against the installation of the data folder: the running one, or one whose database is started for
 * the time being.
 */
export async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  const dataDir = dataFolder();
  process.env.SULCUS_DATA ??= path.resolve(dataDir);
  const running = process.env.DATABASE_URL ? null : runningInstallation(dataDir);
  let stopDatabase = async () => {};
  if (running?.databaseUrl) process.env.DATABASE_URL = running.databaseUrl;
  else {
    const server = await ensureDatabase({ dataDir, log: () => {} });
    process.env.DATABASE_URL = server.url;
    stopDatabase = server.stop;
  }
  let worker: WorkerHandle | undefined;
  try {
    // A running installation has its model; what would enter it takes long to load.
    if (!running) await (await import("@/lib/engine/classifier/initial-model")).ensureInitialModel();
    return await work({
      async ensureWorker() {
        if (worker) return;
        const { countLiveWorkers } = await import("@/lib/features/jobs/count-live-workers");
        if ((await countLiveWorkers()) > 0) return;
        const [{ startWorker }, { tasks }] = await Promise.all([
          import("@/workers/start-worker"),
          import("@/workers/tasks"),
        ]);
        worker = await startWorker(tasks);
      },
    });
  } finally {
    await worker?.stop();
    await disconnect();
    await stopDatabase();
  }
}
