import type { EpochView, RunView } from "@/lib/features/training/schema";

/** "40 s", "3 min", "1 h 05 min" */
export function durationInWords(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/**
 * How long the phase under way may still take, in plain words; null where nothing can be said.
 *
 * Fitting stops early, so its time is an upper bound: the median epoch so far, times the epochs still allowed.
 * Elsewhere the phase's units go on at the rate so far.
 */
export function timeLeft(
  run: Pick<RunView, "phase" | "job" | "epochs" | "parameters" | "secondsByPhase">,
  now: Date,
): string | null {
  const { job, phase } = run;
  if (job?.status !== "RUNNING" || !job.startedAt) return null;
  if (phase === "fit") {
    const epochsLeft = run.parameters.maxEpochs - (run.epochs.at(-1)?.epoch ?? 0);
    const epochMs = medianEpochMs(run.epochs);
    return epochMs === null
      ? null
      : `at most ${durationInWords((epochsLeft * epochMs) / 1000)} left in this phase`;
  }
  if (job.progressTotal === 0 || job.progressDone === 0) return null;
  const finished = Object.values(run.secondsByPhase).reduce((sum, seconds) => sum + (seconds ?? 0), 0);
  const elapsed = (now.getTime() - job.startedAt.getTime()) / 1000 - finished;
  if (elapsed < 2) return null;
  const left = (elapsed / job.progressDone) * (job.progressTotal - job.progressDone);
  return `about ${durationInWords(left)} left in this phase`;
}

function medianEpochMs(epochs: EpochView[]): number | null {
  const sorted = epochs.map((epoch) => epoch.durationMs).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
