import type { z } from "zod";
import { transaction } from "@/lib/platform/database";
import { conflict } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";
import { previousProduction } from "./previous-production";
import { lockProduction, putIntoProduction } from "./put-into-production";
import type { RollBackModel } from "./schema";
import { standingRefusals } from "./weigh-promotion";

/**
 * Puts the model before the one in production back, for a stated reason, in one transaction. No gate: it has been in
 * production, and its predictions are there. `modelId` is the model that leaves production, so that one on a screen
 * that is out of date changes nothing.
 *
 * Throws `forbidden` without `model:promote`; `conflict` where the model is not in production (any more) or
 * there is none to go back to.
 */
export async function rollBackModel(
  actor: Actor,
  { modelId, reason }: z.output<typeof RollBackModel>,
): Promise<{ jobId: string; modelId: string; number: number }> {
  requirePermission(actor, "model:promote");
  return transaction(async (db) => {
    await lockProduction(db);
    const production = await servingModel(db);
    if (production?.id !== modelId) throw conflict({ code: "not-in-production" });
    const model = await previousProduction(db, production);
    if (!model) throw conflict({ code: "took-no-place", number: production.number });
    const refusals = await standingRefusals(db, model);
    if (refusals.length > 0) throw conflict({ code: "not-promotable", because: refusals });
    const decision = { kind: "ROLLED_BACK" as const, model, production, reason };
    const jobId = await putIntoProduction(db, actor, { ...decision, verdict: null, onlyAdmin: false });
    return { jobId, modelId: model.id, number: model.number };
  });
}
