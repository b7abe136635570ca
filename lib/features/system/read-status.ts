import { database, type Transaction } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import { servingModel, servingModelId } from "@/lib/records/serving-model";

/** How much there is of everything, and what the workers are doing. `production` is the model's number, or null. */
export async function readStatus(actor: Actor) {
  requirePermission(actor, "system:read");
  const db = database();
  const [
    patients,
    studies,
    slices,
    labels,
    predictions,
    flags,
    models,
    production,
    running,
    waiting,
    failed,
  ] = await Promise.all([
    db.patient.count(),
    db.study.count(),
    db.study.aggregate({ _sum: { sliceCount: true } }).then(({ _sum }) => _sum.sliceCount ?? 0),
    db.label.count(),
    db.studyPrediction
      .aggregate({ _sum: { predictedSlices: true } })
      .then(({ _sum }) => _sum.predictedSlices ?? 0),
    countFlagged(db),
    db.model.count(),
    servingModel(db),
    db.job.count({ where: { status: "RUNNING", wholeId: null } }),
    db.job.count({ where: { status: "WAITING", wholeId: null } }),
    db.job.count({ where: { status: "FAILED", wholeId: null } }),
  ]);
  return {
    patients,
    studies,
    slices,
    labels,
    predictions,
    flags,
    models,
    production: production?.number ?? null,
    jobs: { running, waiting, failed },
  };
}

/** Slices flagged under the model in production. */
async function countFlagged(db: Transaction): Promise<number> {
  const { _sum } = await db.studyPrediction.aggregate({
    where: { modelId: await servingModelId(db) },
    _sum: { flaggedSlices: true },
  });
  return _sum.flaggedSlices ?? 0;
}
