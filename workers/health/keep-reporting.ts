import { isExaminationAsked } from "@/lib/features/system/store-machine-report";
import { env } from "@/lib/platform/env";
import { reportMachine } from "./report-machine";

/** A worker that has just started has better things to do, and may not live long. */
const firstAfterMs = 15_000;
const lookMs = 3_000;

/**
 * Keeps a report on this machine with the worker: one after its start, and one whenever a person asks. Returns a
 * function that ends this.
 */
export function keepReporting(workerId: string): () => void {
  let ended = false;
  let timer: NodeJS.Timeout;
  const wait = (ms: number, isFirst: boolean) => {
    timer = setTimeout(async () => {
      // A database that is away for a moment is asked again.
      const wanted = isFirst || (await isExaminationAsked(workerId).catch(() => false));
      if (wanted && !ended) await reportMachine(workerId);
      if (!ended) wait(lookMs, false);
    }, ms);
    timer.unref();
  };
  wait(firstAfterMs, env.examinesMachine);
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
