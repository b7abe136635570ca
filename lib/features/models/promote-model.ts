import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import { enqueue, notifyChange } from "@/lib/platform/jobs";
import { predictAllKey, predictSlicesJob } from "../predictions/jobs";
import { refreshFlags } from "../predictions/refresh-flags";
import { type Actor, requirePermission } from "../users/access";
import { promotionRefusals } from "./preview-promotion";

/**
 * Puts a model into production and retires the one before, in one transaction; all slices are then predicted anew
 * from cached features, in the background.
 *
 * Throws `forbidden` without `model:promote`; `not-found`; `conflict` with the reason where it must not be promoted.
 */
export async function promoteModel(
  actor: Actor,
  { modelId }: { modelId: string },
): Promise<{ jobId: string }> {
  requirePermission(actor, "model:promote");
  return transaction(async (db) => {
    // Two promotions at once: the second sees the first's outcome.
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('promote-model', 0))`;
    const model = await db.model.findUnique({ where: { id: modelId } });
    if (!model) throw notFound("model");
    const refusals = await promotionRefusals(db, model);
    if (refusals.length > 0) throw conflict(refusals.join(" "));

    await db.model.updateMany({ where: { state: "PRODUCTION" }, data: { state: "RETIRED" } });
    await db.model.update({ where: { id: modelId }, data: { state: "PRODUCTION", promotedAt: new Date() } });
    await refreshFlags(db, null);
    // A running job predicts with the version it started with; this one comes after it.
    const jobId = await enqueue(
      db,
      predictSlicesJob,
      {},
      { key: predictAllKey, again: true, requestedById: actor.id },
    );
    await recordAudit(db, actor, "model.promoted", modelId, { number: model.number });
    await notifyChange(db, "model", modelId);
    return { jobId };
  });
}
