import { enqueueChildJobs } from "@/lib/platform/child-jobs";
import type { Prisma, Transaction } from "@/lib/platform/database";
import { inParts } from "@/lib/platform/in-parts";
import { recordPhase } from "./record-phase";
import { stages } from "./stages";

/**
 * Writes down and queues the steps of a run's first stage, or of the one after `finishedKind`; a stage without steps
 * is passed over. In the caller's transaction, which holds the lock of the parent job's row, so that of several last
 * steps of a stage one begins the next.
 */
export async function beginStage(
  db: Transaction,
  run: { id: string; jobId: string; parameters: Prisma.JsonValue },
  finishedKind: string | null,
): Promise<void> {
  const done = stages.findIndex(({ contract }) => contract.kind === finishedKind);
  for (const { contract, phase, plan } of stages.slice(done + 1)) {
    const steps = await plan(db, run);
    if (steps.length === 0) continue;
    const children = steps.map(({ units }, index) => ({ payload: { runId: run.id, index }, units }));
    const jobIds = await enqueueChildJobs(db, run.jobId, contract, children);
    const { kind } = contract;
    const rows = steps.map(({ input }, index) => ({
      runId: run.id,
      kind,
      index,
      jobId: jobIds[index]!,
      input,
    }));
    for (const data of inParts(rows)) await db.trainingStep.createMany({ data });
    if (finishedKind !== null) await recordPhase(db, run.id, phase);
    return;
  }
}
