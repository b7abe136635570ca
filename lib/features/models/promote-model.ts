import type { z } from "zod";
import { transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { lockProduction, putIntoProduction } from "./put-into-production";
import type { PromoteModel } from "./schema";
import { weighPromotion } from "./weigh-promotion";

/**
 * Puts a model into production through the gate and retires the one before, in one transaction; slices that it has not
 * predicted yet are predicted in the background. What the gate said is kept with the decision.
 *
 * Throws `forbidden` without `model:promote`; `not-found`; `conflict` where it must not be promoted: the gate
 * failed, it is to be compared first, the gate cannot decide and no `reason` is given, or the actor asked for its run.
 */
export async function promoteModel(
  actor: Actor,
  { modelId, reason }: z.output<typeof PromoteModel>,
): Promise<{ jobId: string }> {
  requirePermission(actor, "model:promote");
  return transaction(async (db) => {
    await lockProduction(db);
    const model = await db.model.findUnique({ where: { id: modelId } });
    if (!model) throw notFound({ code: "no-such-model" });
    const { production, refusals, verdict, needsReason, onlyAdmin } = await weighPromotion(db, actor, model);
    if (refusals.length > 0) throw conflict({ code: "not-promotable", because: refusals });
    if (needsReason && !reason)
      throw conflict({
        code: "promotion-needs-reason",
        number: model.number,
        verdict: verdict?.says ?? null,
      });
    const decision = { kind: "PROMOTED" as const, model, production, verdict, onlyAdmin };
    const jobId = await putIntoProduction(db, actor, { ...decision, reason: reason || null });
    return { jobId };
  });
}
