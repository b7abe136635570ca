import type { Prisma, Transaction } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import type { Model } from "@/lib/platform/generated/client";
import type { MetricsReport } from "@/lib/science/metrics/evaluate";
import type { Figure } from "@/lib/science/metrics/figure";
import { firstModelVerdict, type GateVerdict, judgeGate } from "@/lib/science/metrics/gate";
import type { FigureName } from "@/lib/science/metrics/slice-statistics";

/**
 * What the gate says of a model beside the one in production (null: there is none). Null while the two have not been
 * compared although there are patients that neither has seen.
 */
export async function judgeModel(
  db: Transaction,
  model: Model,
  production: Model | null,
): Promise<GateVerdict | null> {
  if (!production) return firstModelVerdict(env.gateMargin);
  const compared = await findComparison(db, model, production.id);
  if (compared) {
    const { own, other } = compared;
    // Written by this code and never changed, so their shapes are known.
    return judgeGate(
      {
        patients: own.patients,
        slices: own.slices,
        candidate: own.metrics as unknown as MetricsReport,
        production: other.metrics as unknown as MetricsReport,
        differences: own.differences as unknown as Record<FigureName, Figure>,
      },
      env.gateMargin,
    );
  }
  const unseen = await db.snapshotItem.count({ where: await unseenTestSlices(db, model, production) });
  return unseen > 0 ? null : judgeGate(null, env.gateMargin);
}

/** A model's newest figures beside those of `productionId` on the same slices of its own cohort; null without. */
export async function findComparison(
  db: Transaction,
  model: Pick<Model, "id" | "cohort">,
  productionId: string,
) {
  const own = await db.evaluation.findFirst({
    where: { modelId: model.id, comparedWithId: productionId, snapshot: { cohort: model.cohort } },
    orderBy: { createdAt: "desc" },
  });
  if (!own) return null;
  const other = await db.evaluation.findFirst({
    where: {
      modelId: productionId,
      snapshotId: own.snapshotId,
      patients: own.patients,
      slices: own.slices,
    },
  });
  return other && { own, other };
}

/** The test slices of a model's snapshot whose patients neither it nor `production` nor an ancestor of theirs has seen. */
export async function unseenTestSlices(
  db: Transaction,
  model: Pick<Model, "runId" | "seenPatients">,
  production: Pick<Model, "seenPatients">,
): Promise<Prisma.SnapshotItemWhereInput> {
  const run = model.runId ? await db.trainingRun.findUnique({ where: { id: model.runId } }) : null;
  if (!run?.snapshotId) return { snapshotId: { in: [] } };
  return {
    snapshotId: run.snapshotId,
    split: "TEST",
    patient: { hashedKey: { notIn: [...model.seenPatients, ...production.seenPatients] } },
  };
}
