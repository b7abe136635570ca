import { lockActive } from "@/lib/platform/child-jobs";
import { database, type Prisma, type Transaction, transaction } from "@/lib/platform/database";
import { notifyChange } from "@/lib/platform/jobs";
import type { StepName } from "./jobs";
import type { EpochView, TrainingPhase } from "./schema";

/**
 * Says which phase a run is in, and since when it first was. False, and the run stays in its phase, where it has ended or
 * is to stop: a run that was asked to stop enters no later phase.
 */
export async function recordPhase(db: Transaction, runId: string, phase: TrainingPhase): Promise<boolean> {
  const run = await db.trainingRun.findUniqueOrThrow({ where: { id: runId } });
  if (run.jobId === null || !(await lockActive(db, run.jobId))) return false;
  const began = (run.phaseBeganAt ?? {}) as Record<string, string>;
  await db.trainingRun.update({
    where: { id: runId },
    data: { phase, phaseBeganAt: { ...began, [phase]: began[phase] ?? new Date().toISOString() } },
  });
  await notifyChange(db, "run", runId);
  return true;
}

/** The same in a transaction of its own. */
export function beginPhase(runId: string, phase: TrainingPhase): Promise<boolean> {
  return transaction((db) => recordPhase(db, runId, phase));
}

/** Says what a run's heads are fitted with. */
export async function recordBackend(runId: string, backend: Prisma.InputJsonObject): Promise<void> {
  await database().trainingRun.update({ where: { id: runId }, data: { backend } });
}

/** Work that a step has done since the last time it said so. */
export interface WorkDone {
  phase: TrainingPhase;
  seconds: number;
  /** Images the backbone ran on. */
  backboneRuns?: number;
}

/**
 * Adds work to a step and its run, and an epoch's figures where one was fitted. A repeated epoch leaves its figures as
 * they are; work that is done twice is counted twice, since it took its time twice.
 */
export async function recordWork(
  { runId, kind, index }: StepName,
  { phase, seconds, backboneRuns = 0 }: WorkDone,
  epoch?: EpochView,
): Promise<void> {
  await transaction(async (db) => {
    await db.trainingStep.update({
      where: { runId_kind_index: { runId, kind, index } },
      data: { seconds: { increment: seconds }, backboneRuns: { increment: backboneRuns } },
    });
    await db.$executeRaw`
      UPDATE "TrainingRun" SET "backboneRuns" = "backboneRuns" + ${backboneRuns}::int,
        "secondsByPhase" = jsonb_set(coalesce("secondsByPhase", '{}'), ARRAY[${phase}],
          to_jsonb(coalesce(("secondsByPhase"->>${phase})::float8, 0) + ${seconds}::float8))
      WHERE "id" = ${runId}::uuid`;
    if (epoch) await db.trainingEpoch.createMany({ data: [{ runId, ...epoch }], skipDuplicates: true });
    await notifyChange(db, "run", runId);
  });
}
