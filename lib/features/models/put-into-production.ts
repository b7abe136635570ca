import { recordAudit } from "@/lib/platform/audit";
import type { Prisma, Transaction } from "@/lib/platform/database";
import type { Model } from "@/lib/platform/generated/client";
import { enqueue, notifyChange } from "@/lib/platform/jobs";
import type { Actor } from "@/lib/records/access";
import type { GateVerdict } from "@/lib/science/metrics/gate";
import { predictAllKey, predictSlicesJob } from "../predictions/jobs";

/** Two switches at once: the second waits here and sees the first's outcome. */
export async function lockProduction(db: Transaction): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('promote-model', 0))`;
}

/**
 * Switches production to a model, in the caller's transaction, under `lockProduction`: readers see the old model with
 * its predictions and flags, or the new one with its own. Both have theirs already, so nothing but the two models' rows
 * changes. Slices that the new one has not predicted yet follow in the background; a job under way ends with the model
 * it began with. Returns that job's id.
 */
export async function putIntoProduction(
  db: Transaction,
  actor: Actor,
  decision: {
    kind: "PROMOTED" | "ROLLED_BACK";
    model: Model;
    production: Model | null;
    reason: string | null;
    verdict: GateVerdict | null;
    onlyAdmin: boolean;
  },
): Promise<string> {
  const { kind, model, production, reason, verdict, onlyAdmin } = decision;
  await db.model.updateMany({ where: { state: "PRODUCTION" }, data: { state: "RETIRED" } });
  await db.model.update({ where: { id: model.id }, data: { state: "PRODUCTION", promotedAt: new Date() } });
  const jobId = await enqueue(
    db,
    predictSlicesJob,
    {},
    { key: predictAllKey, again: true, requestedById: actor.id },
  );
  await db.modelDecision.create({
    data: {
      kind,
      modelId: model.id,
      previousModelId: production?.id ?? null,
      decidedById: actor.id,
      reason,
      ...(verdict && { verdict: verdict as unknown as Prisma.InputJsonObject }),
      onlyAdmin,
    },
  });
  await recordAudit(db, actor, kind === "PROMOTED" ? "model.promoted" : "model.rolled-back", model.id, {
    number: model.number,
    previous: production?.number ?? null,
    ...(reason && { reason }),
    ...(verdict && { gate: verdict.outcome, margin: verdict.margin }),
    ...(onlyAdmin && { onlyAdmin }),
  });
  await notifyChange(db, "model", model.id);
  return jobId;
}
