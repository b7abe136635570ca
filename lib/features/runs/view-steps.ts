import type { Prisma } from "@/lib/platform/database";
import type { StepView, TrainingPhase } from "./schema";
import { trainingPhases } from "./schema";
import { stages } from "./stages";

/** What a run's steps need beside themselves, and their order: as they were queued. */
export const stepsInclude = {
  include: { job: true },
  orderBy: { jobId: "asc" },
} satisfies Prisma.TrainingRun$stepsArgs;

type StepRow = Prisma.TrainingStepGetPayload<{ include: { job: true } }>;

/** A run's steps as people see them. */
export function viewSteps(steps: StepRow[]): StepView[] {
  return steps.map(({ kind, index, job, worker, seconds, backboneRuns, finishedAt }) => ({
    kind,
    phase: stages.find(({ contract }) => contract.kind === kind)?.phase ?? "snapshot",
    index,
    state: finishedAt ? "done" : stateOf(job.status),
    worker,
    seconds,
    backboneRuns,
    done: finishedAt ? job.progressTotal : job.progressDone,
    total: job.progressTotal,
    attempts: job.attempts,
  }));
}

const stateOf = (status: StepRow["job"]["status"]): StepView["state"] =>
  status === "RUNNING" ? "running" : status === "WAITING" ? "waiting" : "stopped";

/**
 * Seconds by the clock of each phase: from its beginning to that of the next one, waiting included; the last one's to
 * the run's end, or to `now`.
 */
export function clockSeconds(
  began: Partial<Record<TrainingPhase, string>>,
  end: Date,
): Partial<Record<TrainingPhase, number>> {
  const begun = trainingPhases.filter((phase) => began[phase] !== undefined);
  return Object.fromEntries(
    begun.map((phase, place) => {
      const next = begun[place + 1];
      const until = next ? Date.parse(began[next]!) : end.getTime();
      return [phase, Math.max(0, until - Date.parse(began[phase]!)) / 1_000];
    }),
  );
}
