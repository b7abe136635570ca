import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";

/** The model in production: its number and since when; null before the first. */
export async function findProduction(
  actor: Actor,
): Promise<{ id: string; number: number; promotedAt: Date | null; correctionsSince: number } | null> {
  requirePermission(actor, "model:read");
  const model = await servingModel();
  if (!model) return null;
  const correctionsSince = await database().label.count({
    where: { source: { not: "IMPORTED" }, createdAt: { gt: model.promotedAt ?? model.createdAt } },
  });
  return { id: model.id, number: model.number, promotedAt: model.promotedAt, correctionsSince };
}
