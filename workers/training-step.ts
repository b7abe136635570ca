import { hostname } from "node:os";
import { appendRunLog } from "@/lib/features/runs/append-run-log";
import { type BegunStep, beginStep } from "@/lib/features/runs/begin-step";
import { endRun } from "@/lib/features/runs/end-run";
import type { StepPayload } from "@/lib/features/runs/jobs";
import { recordWork } from "@/lib/features/runs/record-phase";
import type { EpochView, TrainingPhase } from "@/lib/features/runs/schema";
import type { JobContract } from "@/lib/platform/jobs";
import { log } from "@/lib/platform/log";
import { removeRunFiles } from "./run-files";
import { type Task, type TaskContext, task } from "./task";

/** What a step's handler is given. `log` also writes into the run's log. */
export interface StepContext extends TaskContext {
  step: BegunStep;
  /**
   * Adds the seconds since the step began, or since the last call, to a phase, with the images that the backbone ran on
   * and an epoch's figures.
   */
  worked(phase: TrainingPhase, done?: { backboneRuns?: number; epoch?: EpochView }): Promise<void>;
}

/**
 * A step of a training run as a task. A step that was finished before, or whose run has ended or is to stop, is passed
 * over: so every step may be delivered twice. When the run fails or is cancelled, its files go.
 */
export function trainingStep(
  contract: JobContract<StepPayload>,
  handler: (context: StepContext) => Promise<void>,
): Task {
  return task(
    contract,
    async (payload, context) => {
      const name = { ...payload, kind: contract.kind };
      const worker = `${hostname()}, process ${process.pid}`;
      const step = await beginStep(name, worker);
      if (typeof step === "string") {
        // A worker that was killed after it had ended the run may have left them.
        if (step === "run-ended") await removeRunFiles(payload.runId);
        return context.log(`step ${payload.index} of run ${payload.runId} is not wanted: ${step}`);
      }

      const runLog = openRunLog(step.run.id, worker);
      const say = (text: string) => {
        context.log(text);
        runLog.write(text);
      };
      let countedUntil = performance.now();
      const worked: StepContext["worked"] = async (phase, { backboneRuns, epoch } = {}) => {
        const now = performance.now();
        const seconds = (now - countedUntil) / 1_000;
        countedUntil = now;
        await recordWork(name, { phase, seconds, backboneRuns }, epoch);
      };
      const title = `${contract.kind} ${payload.index + 1}`;
      try {
        say(`${title} begins${step.attempt > 1 ? `, for the ${ordinal(step.attempt)} time` : ""}`);
        await handler({ ...context, log: (text) => say(`${title}: ${text}`), step, worked });
      } catch (error) {
        if (!context.signal.aborted) runLog.write(`${title} failed: ${withoutFolder(error)}`);
        else runLog.write(`${title} stops: ${reasons[String(context.signal.reason)] ?? "asked to"}`);
        throw error;
      } finally {
        await runLog.written();
      }
    },
    async ({ runId }, status, error) => {
      await endRun(runId, status, error);
      await removeRunFiles(runId);
    },
  );
}

const reasons: Record<string, string> = {
  cancelled: "the run was cancelled or has failed",
  shutdown: "the worker is stopping; another will go on",
  "taken-over": "another worker has taken it over",
};

/** An error with its stack, its files named from the product's own folder on. */
const withoutFolder = (error: unknown) =>
  ((error as Error)?.stack ?? String(error)).replaceAll(`${process.cwd()}/`, "");

const ordinal = (count: number) => (count === 2 ? "second" : count === 3 ? "third" : `${count}th`);

/** Writes lines in order, without holding up the work; one that cannot be written must not lose the work. */
function openRunLog(runId: string, worker: string) {
  let written = Promise.resolve();
  return {
    write(text: string) {
      written = written
        .then(() => appendRunLog(runId, worker, text))
        .catch((error) => log.warn(`a line of run ${runId}'s log was not written: ${error}`));
    },
    written: () => written,
  };
}
