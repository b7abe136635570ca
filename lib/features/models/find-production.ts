import { database, type Transaction } from "@/lib/platform/database";
import { type Actor, requirePermission } from "../users/access";

/** The model in production: its number and since when; null before the first. */
export async function findProduction(
  actor: Actor,
): Promise<{ id: string; number: number; promotedAt: Date | null; correctionsSince: number } | null> {
  requirePermission(actor, "model:read");
  const model = await productionModel(database());
  if (!model) return null;
  const correctionsSince = await database().label.count({
    where: { source: { not: "IMPORTED" }, createdAt: { gt: model.promotedAt ?? model.createdAt } },
  });
  return { id: model.id, number: model.number, promotedAt: model.promotedAt, correctionsSince };
}

/** The production model's row. */
export function productionModel(db: Transaction) {
  return db.model.findFirst({ where: { state: "PRODUCTION" } });
}
