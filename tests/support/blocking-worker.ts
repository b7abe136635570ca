import { z } from "zod";
import { jobContract } from "@/lib/platform/jobs";
import { startWorker } from "@/workers/start-worker";
import { task } from "@/workers/task";

/** A worker process that can do one thing: nothing at all for some seconds, its main thread blocked meanwhile. */
export const blockJob = jobContract("block", z.strictObject({ ms: z.number() }));

if (process.argv[1]?.endsWith("blocking-worker.ts")) {
  const blockTask = task(blockJob, async ({ ms }) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  });
  const worker = await startWorker(new Map([[blockTask.kind, blockTask]]));
  process.once("SIGTERM", () => worker.stop().then(() => process.exit(0)));
  await worker.done;
}
