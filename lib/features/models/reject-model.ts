import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { conflict, notFound } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { type Actor, requirePermission } from "../users/access";

/** Marks a candidate as not to be used. Throws `forbidden`, `not-found`, or `conflict` where it is no candidate. */
export async function rejectModel(
  actor: Actor,
  { modelId, reason }: { modelId: string; reason: string },
): Promise<void> {
  requirePermission(actor, "model:promote");
  await transaction(async (db) => {
    const changed = await db.model.updateMany({
      where: { id: modelId, state: "CANDIDATE" },
      data: { state: "REJECTED" },
    });
    if (changed.count === 0) {
      if (!(await db.model.findUnique({ where: { id: modelId } }))) throw notFound("model");
      throw conflict("Only a candidate can be rejected");
    }
    await recordAudit(db, actor, "model.rejected", modelId, { reason });
    await notifyChange(db, "model", modelId);
  });
}
