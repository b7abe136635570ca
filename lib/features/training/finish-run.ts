import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { enqueue, notifyChange } from "@/lib/platform/jobs";
import { type NewModel, registerModel } from "../models/register-model";
import { saveComparison, type TestFigures } from "../models/save-comparison";
import { predictKey, predictSlicesJob } from "../predictions/jobs";
import { systemActor } from "../users/access";

/**
 * Ends a run: its candidate, the candidate's figures and production's on the same test patients, in one transaction.
 * The candidate's predictions follow in the background, so that a promotion finds them ready and can be previewed.
 *
 * Safe to repeat: the same artifact is the same model, and its figures are written once.
 * `perPatient` carries patient ids. Without test patients there are no figures: `scored` is null.
 */
export async function finishRun(
  runId: string,
  snapshotId: string,
  model: NewModel,
  scored: TestFigures | null,
  seconds: { phase: string; seconds: number },
): Promise<string> {
  return transaction(async (db) => {
    const modelId = await registerModel(db, model);
    if (scored) await saveComparison(db, modelId, snapshotId, scored);
    const run = await db.trainingRun.findUniqueOrThrow({ where: { id: runId } });
    if (!run.finishedAt) {
      const byPhase = (run.secondsByPhase ?? {}) as Record<string, number>;
      byPhase[seconds.phase] = (byPhase[seconds.phase] ?? 0) + seconds.seconds;
      await db.trainingRun.update({
        where: { id: runId },
        data: { finishedAt: new Date(), secondsByPhase: byPhase },
      });
      await enqueue(db, predictSlicesJob, { modelId }, { key: predictKey(modelId) });
      await recordAudit(db, systemActor, "training.finished", runId, { number: run.number, modelId });
    }
    await notifyChange(db, "run", runId);
    return modelId;
  });
}
