import { type Prisma, type Transaction, transaction } from "@/lib/platform/database";
import { notifyChange } from "@/lib/platform/jobs";
import type { MetricsReport } from "@/lib/science/metrics/evaluate";
import type { Figure } from "@/lib/science/metrics/figure";
import type { FigureName } from "@/lib/science/metrics/slice-statistics";

/** A model's figures on test patients, production's on the same, and their paired differences. */
export interface TestFigures {
  metrics: MetricsReport;
  production: { modelId: string; metrics: MetricsReport; differences: Record<FigureName, Figure> } | null;
}

/**
 * Writes a model's figures on a snapshot's test patients, and production's on the same slices as its partner, in the
 * caller's transaction.
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
  const own = { modelId, snapshotId, metrics };
  if (!production) {
    await saveEvaluation(db, { ...own, comparedWithId: null });
    return;
  }
  const { differences } = production;
  const partnerId = await saveEvaluation(db, {
    modelId: production.modelId,
    snapshotId,
    metrics: production.metrics,
    comparedWithId: modelId,
  });
  await saveEvaluation(db, { ...own, comparedWithId: production.modelId, partnerId, differences });
}

/** Writes a comparison as `saveComparison` does, and tells open pages. */
export async function storeComparison(
  modelId: string,
  snapshotId: string,
  figures: TestFigures,
): Promise<void> {
  await transaction(async (db) => {
    await saveComparison(db, modelId, snapshotId, figures);
    await notifyChange(db, "model", modelId);
  });
}

interface NewEvaluation {
  modelId: string;
  snapshotId: string;
  metrics: MetricsReport;
  comparedWithId: string | null;
  /** The other model's figures on the same slices, and what sets this model's apart. */
  partnerId?: string;
  differences?: Record<FigureName, Figure>;
}

async function saveEvaluation(
  db: Transaction,
  { modelId, snapshotId, metrics, comparedWithId, partnerId, differences }: NewEvaluation,
): Promise<string> {
  const known = await db.evaluation.findFirst({ where: { modelId, snapshotId, comparedWithId } });
  if (known) return known.id;
  const { id } = await db.evaluation.create({
    data: {
      modelId,
      snapshotId,
      comparedWithId,
      partnerId: partnerId ?? null,
      patients: metrics.patients,
      slices: metrics.slices,
      ...(differences && { differences: differences as unknown as Prisma.InputJsonObject }),
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
  return id;
}
