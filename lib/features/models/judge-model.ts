import { database, type Transaction } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import type { Model } from "@/lib/platform/generated/client";
import { Differences, Metrics } from "@/lib/records/json-columns";
import { firstModelVerdict, type GateVerdict, judgeGate } from "@/lib/science/metrics/gate";

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
    return judgeGate(
      {
        patients: own.patients,
        slices: own.slices,
        candidate: Metrics.parse(own.metrics),
        production: Metrics.parse(other.metrics),
        differences: Differences.parse(own.differences),
      },
      env.gateMargin,
    );
  }
  const snapshotId = await snapshotOf(db, model);
  const unseen = snapshotId
    ? await unseenTestPatients(
        {
          snapshotId,
          baseSha256: model.baseSha256,
          modelIds: [model.id, production.id],
        },
        db,
      )
    : [];
  return unseen.length > 0 ? null : judgeGate(null, env.gateMargin);
}

/** A model's newest figures beside those of `productionId` on the same slices of its own cohort; null without. */
export async function findComparison(
  db: Transaction,
  model: Pick<Model, "id" | "cohort">,
  productionId: string,
) {
  const own = await db.evaluation.findFirst({
    where: {
      modelId: model.id,
      comparedWithId: productionId,
      partnerId: { not: null },
      snapshot: { cohort: model.cohort },
    },
    orderBy: { createdAt: "desc" },
    include: { partner: true },
  });
  return own?.partner ? { own, other: own.partner } : null;
}

/** The snapshot that a model learned from; null for a shipped one. */
async function snapshotOf(db: Transaction, { runId }: Pick<Model, "runId">): Promise<string | null> {
  const run = runId
    ? await db.trainingRun.findUnique({ where: { id: runId }, select: { snapshotId: true } })
    : null;
  return run?.snapshotId ?? null;
}

/**
 * Of a snapshot's test patients those that none of the models, the base or an ancestor of theirs has seen: their ids.
 * A model that is registered counts by its id; the base stands for one that is still to be registered.
 */
export async function unseenTestPatients(
  { snapshotId, baseSha256, modelIds }: { snapshotId: string; baseSha256: string; modelIds: string[] },
  db: Transaction = database(),
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT pt."id" FROM "Patient" pt
    WHERE EXISTS (
        SELECT FROM "SnapshotItem" i
        WHERE i."patientId" = pt."id" AND i."snapshotId" = ${snapshotId}::uuid AND i."split" = 'TEST'
      )
      AND NOT EXISTS (
        SELECT FROM "ModelPatient" m
        WHERE m."modelId" = ANY (${modelIds}::uuid[]) AND m."hashedKey" = pt."hashedKey"
          AND m."split" IS DISTINCT FROM 'TEST'
      )
      AND NOT EXISTS (
        SELECT FROM "BaseSeenPatient" b WHERE b."baseSha256" = ${baseSha256} AND b."hashedKey" = pt."hashedKey"
      )
    ORDER BY pt."id"`;
  return rows.map(({ id }) => id);
}
