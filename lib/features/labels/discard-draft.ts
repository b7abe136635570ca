import type { z } from "zod";
import { recordAudit } from "@/lib/platform/audit";
import { transaction } from "@/lib/platform/database";
import { forbidden, notFound } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { lockDrawing } from "./lock-drawing";
import type { DiscardDraft } from "./schema";

/**
 * Throws the actor's own draft of a slice away. One that is gone already is no error; another of the actor's, or
 * another person's, stays.
 *
 * Throws `forbidden` without `label:write`; `not-found` outside the actor's scope.
 */
export async function discardDraft(
  actor: Actor,
  { sliceId, id }: z.infer<typeof DiscardDraft>,
): Promise<void> {
  requirePermission(actor, "label:write");
  const authorId = actor.id;
  if (!authorId) throw forbidden({ code: "drawings-are-peoples" });
  await transaction(async (db) => {
    await lockDrawing(db, sliceId, authorId);
    const slice = await db.slice.findFirst({
      where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
      select: { id: true },
    });
    if (!slice) throw notFound({ code: "no-such-slice" });
    const { count } = await db.draft.deleteMany({ where: { id, sliceId, authorId } });
    if (count === 0) return;
    await recordAudit(db, actor, "draft.discarded", id, { sliceId });
    await notifyChange(db, "draft", sliceId);
  });
}
