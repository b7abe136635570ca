import { type Actor, requirePermission } from "@/lib/records/access";
import { countNewLabels } from "@/lib/records/new-labels";
import { servingModel } from "@/lib/records/serving-model";

/**
 * The model in production: its number, since when, and the new labels of its cohort, which it has not learned from; null
 * before the first.
 */
export async function findProduction(
  actor: Actor,
): Promise<{ id: string; number: number; promotedAt: Date | null; newLabels: number } | null> {
  requirePermission(actor, "model:read");
  const model = await servingModel();
  if (!model) return null;
  const newLabels = await countNewLabels(model.cohort, model);
  return { id: model.id, number: model.number, promotedAt: model.promotedAt, newLabels };
}
