import { recordAudit } from "@/lib/platform/audit";
import { isUniqueViolation, type Transaction, transaction } from "@/lib/platform/database";
import { conflict, forbidden, invalid, notFound } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { checkStrokes } from "./check-strokes";
import { lockDrawing } from "./lock-drawing";
import type { SaveDraft } from "./schema";

/**
 * Stores what the actor has drawn on a slice so far: a person's only draft of it, each sending the whole of it.
 *
 * Safe to send twice and out of order: a lower or equal `revision` changes nothing, and a draft that has become a
 * label does not come back; then `saved` is true. `revision` in the result is the stored one. Another draft of the
 * actor's on this slice gives way only where `replaces` names it, and another state of this one only where
 * `goesOnFrom` does. Strokes are not audited, their loss is.
 *
 * Throws `forbidden` without `label:write`; `not-found` outside the actor's scope; `invalid` for a base that is not
 * a label of this slice, or strokes that do not fit it or of more than 8 MB; `conflict` where another draft stands, or this one as another
 * window left it.
 */
export async function saveDraft(
  actor: Actor,
  input: SaveDraft,
): Promise<{ revision: number; saved: boolean }> {
  requirePermission(actor, "label:write");
  const authorId = actor.id;
  if (!authorId) throw forbidden({ code: "drawings-are-peoples" });
  const { sliceId, replaces, goesOnFrom, ...draft } = input;
  const { id, baseLabelId, revision, strokes, done } = draft;
  try {
    return await transaction(async (db) => {
      await lockDrawing(db, sliceId, authorId);
      const slice = await db.slice.findFirst({
        where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
        select: { rows: true, columns: true },
      });
      if (!slice) throw notFound({ code: "no-such-slice" });
      if (await hasBecomeLabel(db, { id, sliceId, authorId })) return { revision, saved: true };
      const stored = await db.draft.findUnique({
        where: { sliceId_authorId: { sliceId, authorId } },
        select: { id: true, revision: true, done: true },
      });
      if (stored && stored.id !== id && stored.id !== replaces) throw otherDraft();
      // Two windows of one person can go on with one draft: neither writes over what it has not seen.
      if (stored?.id === id && stored.revision <= revision && goesOnFrom?.includes(stored.revision) === false)
        throw otherDraft();
      if (stored && stored.id === id && stored.revision >= revision)
        return { revision: stored.revision, saved: false };
      checkStrokes(strokes, slice);
      if (baseLabelId !== null && !(await db.label.count({ where: { id: baseLabelId, sliceId } })))
        throw invalid("baseLabelId", { code: "base-label-elsewhere" });

      if (stored?.id === id) await db.draft.update({ where: { id }, data: draft });
      else {
        if (stored) {
          await db.draft.delete({ where: { id: stored.id } });
          await recordAudit(db, actor, "draft.discarded", stored.id, { sliceId });
        }
        await db.draft.create({ data: { ...draft, sliceId, authorId } });
      }
      // What others see of it: that it is there, and has strokes.
      if (stored?.id !== id || stored.done > 0 !== done > 0) await notifyChange(db, "draft", sliceId);
      return { revision, saved: false };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw takenId();
    throw error;
  }
}

const otherDraft = () => conflict({ code: "other-strokes" });
const takenId = () => conflict({ code: "drawing-id-taken" });

async function hasBecomeLabel(db: Transaction, draft: { id: string; sliceId: string; authorId: string }) {
  const label = await db.label.findUnique({
    where: { saveId: draft.id },
    select: { sliceId: true, authorId: true },
  });
  if (label && (label.sliceId !== draft.sliceId || label.authorId !== draft.authorId)) throw takenId();
  return label !== null;
}
