import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import type { Cohort } from "@/lib/platform/generated/enums";
import { type Actor, requirePermission } from "@/lib/records/access";
import { Backend, PhaseBeganAt, SecondsByPhase } from "@/lib/records/json-columns";
import { RunNotes } from "@/lib/records/run-notes";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { countSplit } from "../snapshots/count-split";
import { baseEpochs, type EpochView, type RunView } from "./schema";
import { runInclude, viewRun } from "./view-run";
import { clockSeconds, stepsInclude, viewSteps } from "./view-steps";

/** One training run with its curves, split and lineage. Throws `not-found`. */
export async function findRun(actor: Actor, { runId }: { runId: string }): Promise<RunView> {
  requirePermission(actor, "model:read");
  const run = await database().trainingRun.findUnique({
    where: { id: runId },
    include: {
      ...runInclude,
      snapshot: true,
      steps: stepsInclude,
      epochs: { orderBy: [{ head: "asc" }, { epoch: "asc" }] },
    },
  });
  if (!run) throw notFound({ code: "no-such-run" });
  const parameters = TrainingParameters.parse(run.parameters);
  const [split, runsAhead, lastRun] = await Promise.all([
    run.snapshotId ? countSplit(run.snapshotId) : [],
    run.finishedAt ? 0 : countRunsAhead(run.number),
    run.finishedAt ? null : findLastRun(run),
  ]);
  const epochs = run.epochs.map(
    ({ head, epoch, trainLoss, validationLoss, validationAuc, durationMs }): EpochView => ({
      head,
      epoch,
      trainLoss,
      validationLoss,
      validationAuc,
      durationMs,
    }),
  );
  return {
    ...viewRun(run),
    parameters,
    base: await baseOf(parameters, run.model),
    seed: run.seed,
    backend: Backend.parse(run.backend),
    secondsByPhase: SecondsByPhase.parse(run.secondsByPhase ?? {}),
    clockSecondsByPhase: clockSeconds(
      PhaseBeganAt.parse(run.phaseBeganAt ?? {}),
      run.finishedAt ?? new Date(),
    ),
    steps: viewSteps(run.steps),
    runsAhead,
    lastRun: lastRun && {
      number: lastRun.number,
      secondsByPhase: SecondsByPhase.parse(lastRun.secondsByPhase ?? {}),
    },
    backboneRuns: run.backboneRuns,
    notes: RunNotes.parse(run.notes),
    snapshotId: run.snapshotId,
    snapshotHash: run.snapshot?.hash ?? null,
    split,
    epochs: epochs.filter(({ head }) => head !== baseEpochs),
    baseEpochs: epochs.filter(({ head }) => head === baseEpochs),
  };
}

/** The base that a run's model stands on, which it may have fine-tuned itself; before there is one, what it began with. */
function baseOf({ baseSha256 }: TrainingParameters, model: { id: string } | null) {
  if (!baseSha256 && !model) return null;
  return database().base.findFirst({
    where: model ? { models: { some: { id: model.id } } } : { sha256: baseSha256 },
    select: { sha256: true, name: true },
  });
}

function countRunsAhead(number: number) {
  return database().trainingRun.count({
    where: { number: { lt: number }, job: { status: { in: ["WAITING", "RUNNING"] } } },
  });
}

function findLastRun({ id, cohort }: { id: string; cohort: Cohort }) {
  return database().trainingRun.findFirst({
    where: { cohort, id: { not: id }, model: { isNot: null } },
    orderBy: { number: "desc" },
  });
}
