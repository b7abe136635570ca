import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { enqueue } from "@/lib/platform/jobs";
import { type Actor, requirePermission } from "@/lib/records/access";
import { predictAllKey, predictSlicesJob } from "./jobs";

/** Asks for predictions of all slices that lack one. Asking again while it waits returns the same job. */
export async function requestPrediction(actor: Actor): Promise<{ jobId: string }> {
  requirePermission(actor, "prediction:request");
  return transaction(async (db) => {
    const jobId = await enqueue(
      db,
      predictSlicesJob,
      {},
      { key: predictAllKey, again: true, requestedById: actor.id },
    );
    await recordAudit(db, actor, "prediction.requested", jobId);
    return { jobId };
  });
}
