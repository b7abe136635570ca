import { setTimeout as sleep } from "node:timers/promises";

/** How long a job that blocks the event loop stands back for the others of its process, between two steps. */
const turnMs = 50;

let running = 0;

/** Counts a job among those that share this process until `work` has ended. */
export async function sharingProcess<T>(work: () => Promise<T>): Promise<T> {
  running++;
  try {
    return await work();
  } finally {
    running--;
  }
}

/**
 * Lets other jobs of this process go on. The network runs on the event loop's own thread (onnxruntime-node's `run`
 * does not return before it is done), so without this an import's preview would wait for a whole prediction.
 * Costs nothing while a job is alone.
 */
export async function giveTurn(): Promise<void> {
  if (running > 1) await sleep(turnMs);
}
