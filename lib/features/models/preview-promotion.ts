import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import type { Model } from "@/lib/platform/generated/client";
import { type Actor, requirePermission } from "@/lib/records/access";
import { countUnpredicted } from "../predictions/unpredicted-studies";
import { countFlips } from "./count-flips";
import type { PromotionPreview } from "./schema";
import { weighPromotion } from "./weigh-promotion";

/** What promoting a model would change, and why it must not be. Throws `forbidden` or `not-found`. */
export async function previewPromotion(
  actor: Actor,
  { modelId }: { modelId: string },
): Promise<PromotionPreview> {
  requirePermission(actor, "model:promote");
  const model = await database().model.findUnique({ where: { id: modelId } });
  if (!model) throw notFound("model");
  const { production, refusals, verdict, needsReason, onlyAdmin } = await weighPromotion(
    database(),
    actor,
    model,
  );
  const notes = ["Predictions, proposed masks and flags will change; labels will not."];
  if (production) notes.push(`Model ${production.number} retires; one click puts it back.`);
  if (model.cohort === "PHANTOM") notes.push("This model was made on phantoms: it is for the demo alone.");
  if (onlyAdmin)
    notes.push("You asked for its run. You may promote it because you are the only admin; this is recorded.");
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
