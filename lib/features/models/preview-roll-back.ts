import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";
import { previewSwitch } from "./preview-promotion";
import { previousProduction } from "./previous-production";
import type { PromotionPreview } from "./schema";
import { standingRefusals } from "./weigh-promotion";

/**
 * What rolling back from the model in production would change. Throws `forbidden`, or `not-found` where `modelId` is not
 * in production or there is none to go back to.
 */
export async function previewRollBack(
  actor: Actor,
  { modelId }: { modelId: string },
): Promise<PromotionPreview> {
  requirePermission(actor, "model:promote");
  const production = await servingModel();
  const model = production?.id === modelId ? await previousProduction(database(), production) : null;
  if (!production || !model) throw notFound({ code: "no-model-to-go-back-to" });
  return {
    ...(await previewSwitch(actor, model, production)),
    refusals: await standingRefusals(database(), model),
    verdict: null,
    needsReason: true,
    notes: [{ code: "labels-stay" }, { code: "retires-for-the-gate", number: production.number }],
  };
}
