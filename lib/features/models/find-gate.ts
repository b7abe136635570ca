import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { servingModel } from "@/lib/records/serving-model";
import { judgeModel } from "./judge-model";
import type { GateView } from "./schema";

/** What the gate says of a model beside the one in production now. Throws `not-found`. */
export async function findGate(actor: Actor, { modelId }: { modelId: string }): Promise<GateView> {
  requirePermission(actor, "model:read");
  const model = await database().model.findUnique({
    where: { id: modelId },
    include: {
      evaluations: {
        where: { partnerId: { not: null } },
        orderBy: { createdAt: "desc" },
        include: { comparedWith: { select: { number: true } } },
      },
    },
  });
  if (!model) throw notFound({ code: "no-such-model" });
  const production = await servingModel();
  const { evaluations, ...own } = model;
  return {
    verdict: await judgeModel(database(), own, production),
    productionNumber: production?.number ?? null,
    comparedBefore: evaluations[0]?.comparedWith?.number ?? null,
  };
}
