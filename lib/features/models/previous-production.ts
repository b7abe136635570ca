import type { Transaction } from "@/lib/platform/database";
import type { Model } from "@/lib/platform/generated/client";

/**
 * The model whose place the one in production took when it was last promoted: what a rollback goes back to, and from
 * there to the one before. Null where it took none's.
 */
export async function previousProduction(db: Transaction, production: Model): Promise<Model | null> {
  const promotion = await db.modelDecision.findFirst({
    where: { modelId: production.id, kind: "PROMOTED" },
    orderBy: { createdAt: "desc" },
    include: { previousModel: true },
  });
  return promotion?.previousModel ?? null;
}
