import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import type { Model } from "@/lib/platform/generated/client";
import { type Actor, requirePermission } from "@/lib/records/access";
import { countUnpredicted } from "../predictions/unpredicted-studies";
import { countFlips } from "./count-flips";
import type { PreviewNote, PromotionPreview } from "./schema";
import { weighPromotion } from "./weigh-promotion";

/** What promoting a model would change, and why it must not be. Throws `forbidden` or `not-found`. */
export async function previewPromotion(
  actor: Actor,
  { modelId }: { modelId: string },
): Promise<PromotionPreview> {
  requirePermission(actor, "model:promote");
  const model = await database().model.findUnique({ where: { id: modelId } });
  if (!model) throw notFound({ code: "no-such-model" });
  const { production, refusals, verdict, needsReason, onlyAdmin } = await weighPromotion(
    database(),
    actor,
    model,
  );
  const notes: PreviewNote[] = [{ code: "labels-stay" }];
  if (production) notes.push({ code: "retires-for-a-click", number: production.number });
  if (model.cohort === "PHANTOM") notes.push({ code: "made-on-phantoms" });
  if (onlyAdmin) notes.push({ code: "only-admin" });
  return { ...(await previewSwitch(actor, model, production)), refusals, verdict, needsReason, notes };
}

/** What every reader would see change if `model` took production's place. */
export async function previewSwitch(actor: Actor, model: Model, production: Model | null) {
  return {
    modelNumber: model.number,
    productionNumber: production?.number ?? null,
    lacking: await countUnpredicted(model),
    flips:
      production && production.id !== model.id
        ? await countFlips(actor, { modelId: model.id, productionId: production.id })
        : null,
  };
}
