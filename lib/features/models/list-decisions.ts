import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { DecisionView } from "./schema";
import { StoredVerdict } from "./stored-verdict";

/** What was decided of all models, or of one and of those that took its place, newest first; 50 at most. */
export async function listDecisions(
  actor: Actor,
  { modelId }: { modelId?: string } = {},
): Promise<DecisionView[]> {
  requirePermission(actor, "model:read");
  const rows = await database().modelDecision.findMany({
    where: modelId ? { OR: [{ modelId }, { previousModelId: modelId }] } : {},
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 50,
    include: {
      model: { select: { number: true } },
      previousModel: { select: { number: true } },
      decidedBy: { select: { name: true } },
    },
  });
  return rows.map(({ id, kind, model, previousModel, decidedBy, reason, onlyAdmin, createdAt, ...row }) => ({
    id,
    kind,
    modelId: row.modelId,
    modelNumber: model.number,
    previousNumber: previousModel?.number ?? null,
    decidedBy: decidedBy?.name ?? null,
    reason,
    verdict: StoredVerdict.nullable().parse(row.verdict),
    onlyAdmin,
    createdAt,
  }));
}
