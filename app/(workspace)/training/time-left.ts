import { durationInWords } from "@/app/_ui/duration";
import type { RunView, StepView } from "@/lib/features/runs/schema";

type Measured = Pick<RunView, "phase" | "job" | "epochs" | "baseEpochs" | "parameters" | "steps" | "lastRun">;

/**
 * How long a run may still take, in plain words, from what its steps and the run before have taken; null where nothing
 * was measured yet. Fitting stops early, so its time is an upper bound.
 */
export function timeLeft(run: Measured): string | null {
  if (run.job?.status !== "RUNNING") return null;
  const current =
    run.phase === "fine-tune"
      ? fineTuneSeconds(run)
      : run.phase === "embed"
        ? embedSeconds(run)
        : run.phase === "fit"
          ? fitSeconds(run)
          : lastSeconds(run);
  if (current === null) return null;
  const bound = run.phase === "fit" || run.phase === "fine-tune" ? "at most" : "about";
  const phase = `${bound} ${durationInWords(current)} left in this phase`;
  const rest = restSeconds(run);
  return rest === null
    ? phase
    : `${phase}, then about ${durationInWords(rest)} as in run ${run.lastRun?.number}`;
}

/** Epochs of the base that are left, if it does not stop early, at the median epoch's time. */
function fineTuneSeconds({ baseEpochs, parameters }: Measured): number | null {
  const epochMs = median(baseEpochs.map((epoch) => epoch.durationMs));
  if (epochMs === undefined) return null;
  return (Math.max(0, parameters.backboneEpochs - baseEpochs.length) * epochMs) / 1_000;
}

/** Slices left at the rate of those done, shared by the workers that embed now. */
function embedSeconds({ steps }: Measured): number | null {
  const chunks = steps.filter((step) => step.phase === "embed");
  const done = sum(chunks, (step) => step.done);
  const seconds = sum(chunks, (step) => step.seconds);
  if (done === 0 || seconds === 0) return null;
  const left = sum(chunks, (step) => step.total - step.done);
  return (left * (seconds / done)) / workersOf(chunks);
}

/** Epochs left, if no head stops early, at the median epoch's time: no sooner than the head that has most to do. */
function fitSeconds({ steps, epochs }: Measured): number | null {
  const epochMs = median(epochs.map((epoch) => epoch.durationMs));
  if (epochMs === undefined) return null;
  const heads = steps.filter((step) => step.phase === "fit" && step.state !== "done");
  const left = heads.map((step) => step.total - step.done);
  return (Math.max(0, ...left, sum(left, (own) => own) / workersOf(heads)) * epochMs) / 1_000;
}

/** Phases that are not measured as they go: what the run before took for them. */
function lastSeconds({ phase, lastRun }: Measured): number | null {
  return (phase && lastRun?.secondsByPhase[phase]) ?? null;
}

/** What the run before took for the phases after embedding and fitting, whose times follow from the data alone. */
function restSeconds({ phase, lastRun }: Measured): number | null {
  if (phase !== "fit" || !lastRun) return null;
  const { calibrate = 0, evaluate = 0, register = 0 } = lastRun.secondsByPhase;
  return calibrate + evaluate + register || null;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const workersOf = (steps: StepView[]) => Math.max(1, steps.filter((step) => step.state === "running").length);

const sum = <T>(items: T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0);
