import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";

const beatMs = 2_000;
/** A main thread that has done nothing else for so long is stuck for good. */
const stuckMs = 15 * 60_000;

export interface Heartbeat {
  /** Fulfilled once another worker has taken this process for dead, or nothing can be reported any more. */
  gone: Promise<void>;
  /** Says under which names the queue knows this process, so that what it holds can be released should it die. */
  knownAs(queueIds: readonly string[]): void;
  stop(): Promise<void>;
}

/**
 * Reports from a thread of its own that this process lives, so that seconds of work without a pause do not read as death.
 */
export async function startHeartbeat(workerId: string): Promise<Heartbeat> {
  const count = new SharedArrayBuffer(4);
  const ticks = new Int32Array(count);
  const thread = new Worker(new URL("./heartbeat-thread.mjs", import.meta.url), {
    workerData: { databaseUrl: env.databaseUrl, workerId, beatMs, stuckMs, count },
    execArgv: [], // Loaders of the process are of no use to it.
  });
  const ended = new Promise<void>((resolve) => thread.once("exit", () => resolve()));
  const gone = new Promise<void>((resolve) => {
    thread.on("message", (message) => message === "gone" && resolve());
    thread.once("error", (error) => {
      log.error("the heartbeat's thread ended", error);
      resolve();
    });
  });
  await once(thread, "message");
  const ticking = setInterval(() => Atomics.add(ticks, 0, 1), 1_000);
  return {
    gone,
    knownAs: (queueIds) => thread.postMessage({ queueIds: [...queueIds] }),
    async stop() {
      clearInterval(ticking);
      thread.postMessage({ end: true });
      await ended;
    },
  };
}
