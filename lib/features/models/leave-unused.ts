import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import type { ModelState } from "@/lib/platform/generated/enums";
import { notifyChange } from "@/lib/platform/jobs";
import type { Actor } from "@/lib/records/access";
import { lockProduction } from "./put-into-production";

const actions = { REJECTED: "model.rejected", RETIRED: "model.retired" };

/** Takes a model that is not in production out of the way: its state, the decision, the audit, in one transaction. */
export async function leaveUnused(
  actor: Actor,
  kind: "REJECTED" | "RETIRED",
  from: ModelState[],
  { modelId, reason }: { modelId: string; reason?: string },
): Promise<void> {
  await transaction(async (db) => {
    await lockProduction(db);
    const model = await db.model.findUnique({ where: { id: modelId } });
    if (!model) throw notFound({ code: "no-such-model" });
    if (!from.includes(model.state))
      throw conflict(
        model.state === "PRODUCTION"
          ? { code: "production-cannot-leave", number: model.number }
          : model.state === kind
            ? { code: "has-left-already", number: model.number, state: kind }
            : { code: "cannot-leave", number: model.number, state: model.state, to: kind },
      );
    await db.model.update({ where: { id: modelId }, data: { state: kind } });
    await db.modelDecision.create({
      data: { kind, modelId, decidedById: actor.id, reason: reason || null },
    });
    await recordAudit(db, actor, actions[kind], modelId, { number: model.number, reason });
    await notifyChange(db, "model", modelId);
  });
}
