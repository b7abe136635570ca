import { recordAudit } from "@/lib/platform/audit";
import { type Prisma, type Transaction, transaction } from "@/lib/platform/database";
import { endWhole, lockActive } from "@/lib/platform/job-parts";
import { notifyChange } from "@/lib/platform/jobs";
import type { MetricsReport } from "@/lib/science/metrics/evaluate";
import type { Figure } from "@/lib/science/metrics/figure";
import type { FigureName } from "@/lib/science/metrics/slice-statistics";
import { type NewModel, registerModel } from "../models/register-model";
import { systemActor } from "../users/access";
import { keepResult } from "./finish-step";
import type { StepName } from "./jobs";

/** A candidate's figures on the test patients, production's on the same, and their paired differences. */
export interface TestFigures {
  metrics: MetricsReport;
  production: { modelId: string; metrics: MetricsReport; differences: Record<FigureName, Figure> } | null;
}

/**
 * Ends a run with its last step: its candidate, the candidate's figures and production's on the same test patients, in
 * one transaction. Returns the model's id; null, and nothing is registered, where the run has ended or is to stop.
 *
 * Safe to repeat: a run ends once, the same artifact is the same model, and a model has one evaluation a snapshot.
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
    if (scored) {
      const { metrics, production } = scored;
      if (production) await saveEvaluation(db, production.modelId, snapshotId, production.metrics);
      await saveEvaluation(db, modelId, snapshotId, metrics, production);
    }
    await keepResult(db, step, { modelId });
    await db.trainingRun.update({ where: { id: run.id }, data: { finishedAt: new Date() } });
    await endWhole(db, run.jobId, "DONE");
    await recordAudit(db, systemActor, "training.finished", run.id, { number: run.number, modelId });
    await notifyChange(db, "run", run.id);
    return modelId;
  });
}

async function saveEvaluation(
  db: Transaction,
  modelId: string,
  snapshotId: string,
  metrics: MetricsReport,
  comparison: TestFigures["production"] = null,
) {
  if (await db.evaluation.findUnique({ where: { modelId_snapshotId: { modelId, snapshotId } } })) return;
  await db.evaluation.create({
    data: {
      modelId,
      snapshotId,
      patients: metrics.patients,
      slices: metrics.slices,
      ...(comparison && {
        comparedWithId: comparison.modelId,
        differences: comparison.differences as unknown as Prisma.InputJsonObject,
      }),
      // Rows by patient have a table of their own, where access rules apply.
      metrics: { ...metrics, perPatient: [] } as unknown as Prisma.InputJsonObject,
      rows: {
        create: metrics.perPatient.map(({ patient, slices, tumorSlices, tp, fp, tn, fn, auc, dice }) => ({
          patientId: patient,
          slices,
          tumorSlices,
          tp,
          fp,
          tn,
          fn,
          auc,
          dice,
        })),
      },
    },
  });
}
