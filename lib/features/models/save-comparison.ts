import type { Prisma, Transaction } from "@/lib/platform/database";
import type { MetricsReport } from "@/lib/science/metrics/evaluate";
import type { Figure } from "@/lib/science/metrics/figure";
import type { FigureName } from "@/lib/science/metrics/slice-statistics";

/** A model's figures on test patients, production's on the same, and their paired differences. */
export interface TestFigures {
  metrics: MetricsReport;
  production: { modelId: string; metrics: MetricsReport; differences: Record<FigureName, Figure> } | null;
}

/**
 * Writes a model's figures on a snapshot's test patients, and production's beside them, in the caller's transaction.
 * `perPatient` carries patient ids.
 *
 * Safe to repeat: a model has one evaluation a snapshot and model that it was compared with; what is there stays.
 */
export async function saveComparison(
  db: Transaction,
  modelId: string,
  snapshotId: string,
  { metrics, production }: TestFigures,
): Promise<void> {
  if (production) await saveEvaluation(db, production.modelId, snapshotId, production.metrics, null);
  await saveEvaluation(db, modelId, snapshotId, metrics, production);
}

async function saveEvaluation(
  db: Transaction,
  modelId: string,
  snapshotId: string,
  metrics: MetricsReport,
  comparison: TestFigures["production"],
) {
  const comparedWithId = comparison?.modelId ?? null;
  if (await db.evaluation.findFirst({ where: { modelId, snapshotId, comparedWithId } })) return;
  await db.evaluation.create({
    data: {
      modelId,
      snapshotId,
      comparedWithId,
      patients: metrics.patients,
      slices: metrics.slices,
      ...(comparison && { differences: comparison.differences as unknown as Prisma.InputJsonObject }),
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
