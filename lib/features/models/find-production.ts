import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";

/** The model in production: its number, since when, and the labels that people have added since; null before the first. */
export async function findProduction(
  actor: Actor,
): Promise<{ id: string; number: number; promotedAt: Date | null; labelsSince: number } | null> {
  requirePermission(actor, "model:read");
  const model = await servingModel();
  if (!model) return null;
  const labelsSince = await database().label.count({
    where: {
      source: { not: "IMPORTED" },
      createdAt: { gt: model.promotedAt ?? model.createdAt },
      // Taking a decision back adds a version and no label.
      OR: [{ act: null }, { act: { not: "UNDONE" } }],
    },
  });
  return { id: model.id, number: model.number, promotedAt: model.promotedAt, labelsSince };
}
