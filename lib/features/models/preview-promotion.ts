import { database, type Transaction } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { slicesLackingPrediction } from "../predictions/slices-lacking-prediction";
import { type Actor, requirePermission } from "../users/access";
import type { PromotionPreview } from "./schema";

/** What promoting a model would change, and why it must not be. Throws `forbidden` or `not-found`. */
export async function previewPromotion(
  actor: Actor,
  { modelId }: { modelId: string },
): Promise<PromotionPreview> {
  requirePermission(actor, "model:promote");
  const model = await database().model.findUnique({ where: { id: modelId }, include: { evaluations: true } });
  if (!model) throw notFound("model");
  const production = await database().model.findFirst({ where: { state: "PRODUCTION" } });
  const slices = await database().slice.count({ where: slicesLackingPrediction(model) });

  const notes = ["Predictions, proposed masks and flags will change; labels will not."];
  if (production) notes.push(`Model ${production.number} retires and can be promoted again.`);
  if (model.cohort === "PHANTOM") notes.push("This model was made on phantoms: it is for the demo alone.");
  if (model.evaluations.length === 0) {
    notes.push("It was tested on no unseen patient: nothing is known of its accuracy.");
  }
  return {
    modelNumber: model.number,
    productionNumber: production?.number ?? null,
    slices,
    refusals: await promotionRefusals(database(), model),
    notes,
  };
}

/** Why a model must not go into production; empty where it may. */
export async function promotionRefusals(
  db: Transaction,
  model: { state: string; cohort: string; number: number },
): Promise<string[]> {
  const refusals: string[] = [];
  if (model.state === "PRODUCTION") refusals.push(`Model ${model.number} is in production already.`);
  if (model.state === "REJECTED") refusals.push(`Model ${model.number} was rejected.`);
  if (model.cohort === "PHANTOM" && (await db.patient.count({ where: { cohort: "REAL" } })) > 0) {
    refusals.push("A model made on phantoms must not speak of real patients, and there are some here.");
  }
  return refusals;
}
