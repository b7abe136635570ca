import { recordAudit } from "@/lib/platform/audit";
import { endParentJob, lockActive } from "@/lib/platform/child-jobs";
import { transaction } from "@/lib/platform/database";
import { enqueue, notifyChange } from "@/lib/platform/jobs";
import { systemActor } from "@/lib/records/access";
import { type NewModel, registerModel } from "../models/register-model";
import { saveComparison, type TestFigures } from "../models/save-comparison";
import { predictKey, predictSlicesJob } from "../predictions/jobs";
import { keepResult } from "./finish-step";
import type { StepName } from "./jobs";

/**
 * Ends a run with its last step: its candidate, the candidate's figures and production's on the same test patients, in
 * one transaction. The candidate's predictions follow in the background, so that a promotion finds them ready and can
 * be previewed. Returns the model's id; null, and nothing is registered, where the run has ended or is to stop.
 *
 * Safe to repeat: a run ends once, the same artifact is the same model, and its figures are written once.
 * `perPatient` carries patient ids. Without test patients there are no figures: `scored` is null.
 */
export async function finishRun(
  step: StepName,
  snapshotId: string,
  model: NewModel,
  scored: TestFigures | null,
): Promise<string | null> {
  return transaction(async (db) => {
    const run = await db.trainingRun.findUniqueOrThrow({ where: { id: step.runId } });
    if (run.jobId === null || !(await lockActive(db, run.jobId))) return null;
    const modelId = await registerModel(db, model);
    if (scored) await saveComparison(db, modelId, snapshotId, scored);
    await keepResult(db, step, { modelId });
    await db.trainingRun.update({ where: { id: run.id }, data: { finishedAt: new Date() } });
    await endParentJob(db, run.jobId, "DONE");
    await enqueue(db, predictSlicesJob, { modelId }, { key: predictKey(modelId) });
    await recordAudit(db, systemActor, "training.finished", run.id, { number: run.number, modelId });
    await notifyChange(db, "run", run.id);
    return modelId;
  });
}
