import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { disconnect } from "@/lib/platform/database";
import { keepReporting } from "./health/keep-reporting";
import { keepSealing } from "./keep-sealing";
import { startWorker } from "./start-worker";
import { tasks } from "./tasks";

/** The worker process: `node --import tsx workers/main.ts`. */
await ensureInitialModel();
const worker = await startWorker(tasks);
const endReporting = keepReporting(worker.id);
const endSealing = keepSealing();

const end = async () => {
  endReporting();
  endSealing();
  await worker.stop();
  await disconnect();
  // A live GPU or wasm backend would keep the process.
  process.exit(0);
};
process.once("SIGTERM", end);
process.once("SIGINT", end);
await worker.done;
await end();
