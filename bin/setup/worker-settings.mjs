import { availableParallelism } from "node:os";
import { SetupProblem } from "./problem.mjs";

/** Worker processes that are started here, from `SULCUS_WORKERS`; 1 unless told. Throws a `SetupProblem` in words. */
export function workerCount(text = process.env.SULCUS_WORKERS) {
  const count = Number(text || 1);
  if (Number.isInteger(count) && count >= 0 && count <= 64) return count;
  throw new SetupProblem(`SULCUS_WORKERS is "${text}": give the number of worker processes, 0 to 64`);
}

/**
 * Processor threads of one worker's inference: `SULCUS_THREADS` as it is, which the worker checks, or a fair share of
 * the processors. Workers of all threads each would wait for one another.
 */
export function threadsOfAWorker({
  told = process.env.SULCUS_THREADS,
  workers = workerCount(),
  processors = availableParallelism(),
} = {}) {
  if (told && told !== "0") return told;
  return Math.max(1, Math.floor(processors / Math.max(1, workers)));
}
