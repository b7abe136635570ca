import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import { enqueue } from "@/lib/platform/jobs";
import { type Actor, requirePermission } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";
import { predictKey, predictSlicesJob } from "../predictions/jobs";
import { compareKey, compareModelJob } from "./jobs";
import { judgeModel } from "./judge-model";

/**
 * Asks for a model to be compared with the one in production, on the model's frozen test patients less those that
 * production has seen; and for the predictions that the model lacks, so that the promotion's preview is whole. Asking
 * again while it waits or runs returns the same job.
 *
 * Throws `forbidden` without `model:promote`; `not-found`; `conflict` where there is nothing to compare.
 */
export async function requestComparison(
  actor: Actor,
  { modelId }: { modelId: string },
): Promise<{ jobId: string }> {
  requirePermission(actor, "model:promote");
  return transaction(async (db) => {
    const model = await db.model.findUnique({ where: { id: modelId } });
    if (!model) throw notFound({ code: "no-such-model" });
    const production = await servingModel(db);
    const verdict = await judgeModel(db, model, production);
    if (production?.id === modelId) throw conflict({ code: "in-production", number: model.number });
    if (verdict) throw conflict({ code: "nothing-to-compare", verdict: verdict.says });
    const jobId = await enqueue(
      db,
      compareModelJob,
      { modelId },
      { key: compareKey(modelId), again: true, requestedById: actor.id },
    );
    await enqueue(db, predictSlicesJob, { modelId }, { key: predictKey(modelId), requestedById: actor.id });
    await recordAudit(db, actor, "model.comparison-requested", modelId, {
      number: model.number,
      production: production?.number ?? null,
    });
    return { jobId };
  });
}
