import { lockActive } from "@/lib/platform/child-jobs";
import { type Transaction, transaction } from "@/lib/platform/database";
import { type StepName, takeSnapshotJob } from "./jobs";
import { recordPhase } from "./record-phase";

/** A step that is to be done now. */
export interface BegunStep extends StepName {
  run: Awaited<ReturnType<typeof readStep>>["run"];
  /** What it works on, as its stage has planned it. */
  input: unknown;
  /** 1, or more where a worker has died or stopped in the middle of it. */
  attempt: number;
}

/**
 * Says that a worker begins a step, and gives what the step needs. Where there is nothing to do any more, says why: the
 * step was finished before, or its run is to stop or has ended.
 */
export async function beginStep(
  name: StepName,
  worker: string,
): Promise<BegunStep | "finished" | "run-stops" | "run-ended"> {
  return transaction(async (db) => {
    const step = await readStep(db, name);
    const { run } = step;
    if (run.finishedAt) return "run-ended";
    if (run.jobId === null || !(await lockActive(db, run.jobId))) return "run-stops";
    if (step.finishedAt) return "finished";
    if (name.kind === takeSnapshotJob.kind) await recordPhase(db, run.id, "snapshot");
    await db.trainingStep.update({
      where: { runId_kind_index: name },
      data: { worker, beganAt: step.beganAt ?? new Date() },
    });
    return { ...name, run, input: step.input, attempt: step.job.attempts };
  });
}

function readStep(db: Transaction, { runId, kind, index }: StepName) {
  return db.trainingStep.findUniqueOrThrow({
    where: { runId_kind_index: { runId, kind, index } },
    include: { run: true, job: { select: { attempts: true } } },
  });
}
