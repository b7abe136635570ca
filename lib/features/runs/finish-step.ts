import { lockActive } from "@/lib/platform/child-jobs";
import { type Prisma, type Transaction, transaction } from "@/lib/platform/database";
import { beginStage } from "./begin-stage";
import type { StepName } from "./jobs";

/**
 * Keeps a step's result, with what `along` writes; where it was the last of its stage, queues the next stage's steps in the same transaction.
 *
 * Safe to repeat: a step is finished once. False, and nothing is kept, where the run has ended or is to stop.
 */
export async function finishStep(
  name: StepName,
  result: Prisma.InputJsonObject = {},
  along?: (db: Transaction) => Promise<void>,
): Promise<boolean> {
  return transaction(async (db) => {
    const run = await db.trainingRun.findUniqueOrThrow({ where: { id: name.runId } });
    // The lock makes the last two steps of a stage finish one after the other: the second sees the first.
    if (run.jobId === null || !(await lockActive(db, run.jobId))) return false;
    if (!(await keepResult(db, name, result))) return true;
    await along?.(db);
    const left = await db.trainingStep.count({
      where: { runId: run.id, kind: name.kind, finishedAt: null },
    });
    if (left === 0) await beginStage(db, { ...run, jobId: run.jobId }, name.kind);
    return true;
  });
}

/** False where the step was finished before. */
export async function keepResult(
  db: Transaction,
  { runId, kind, index }: StepName,
  result: Prisma.InputJsonObject,
): Promise<boolean> {
  const { count } = await db.trainingStep.updateMany({
    where: { runId, kind, index, finishedAt: null },
    data: { result, finishedAt: new Date() },
  });
  return count === 1;
}
