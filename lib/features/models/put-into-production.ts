import { recordAudit } from "@/lib/platform/audit";
import type { Prisma, Transaction } from "@/lib/platform/database";
import type { Model } from "@/lib/platform/generated/client";
import { enqueue, notifyChange } from "@/lib/platform/jobs";
import type { Actor } from "@/lib/records/access";
import type { GateVerdict } from "@/lib/science/metrics/gate";
import { predictAllKey, predictSlicesJob } from "../predictions/jobs";

/*
 * The states of a model (`Model.state`). The model's file and figures never change; its state alone does.
 *
 * CANDIDATE: entered when it is registered, by a run's last step (register-model.ts). Left for PRODUCTION through the
 *   gate (promote-model.ts); for RETIRED when an admin puts it aside (retire-model.ts); for REJECTED (reject-model.ts).
 * PRODUCTION: one model at most; a unique index of the database says so. Entered from CANDIDATE or RETIRED through the
 *   gate; from RETIRED by a rollback, which has no gate (roll-back-model.ts); by the shipped model, in an installation
 *   without one (register-initial-model.ts). Left for RETIRED alone, in the transaction that puts another model here.
 *   It can neither be rejected nor retired by itself.
 * RETIRED: it may be promoted again, through the gate, or be rejected. To retire it again is refused.
 * REJECTED: final. It cannot be promoted, no rollback goes back to it, prediction jobs pass it over, and its
 *   predictions are removed after the days of grace (system/collect-predictions.ts).
 *
 * Every change is made under `lockProduction` and is kept as a `ModelDecision`. A change that is asked for on a page
 * that is out of date is refused and changes nothing.
 */

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
  await notifyChange(db, "production", model.id);
  return jobId;
}
