import { recordAudit } from "@/lib/platform/audit";
import {
  database,
  isUniqueViolation,
  type Prisma,
  type Transaction,
  transaction,
} from "@/lib/platform/database";
import { conflict, forbidden, notFound } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { type Actor, slicesReadableBy } from "@/lib/records/access";
import { blindInclude, isPredictionHidden } from "@/lib/records/blind-reading";
import type { LabelView } from "@/lib/records/label-view";
import { labelInclude, viewLabel } from "@/lib/records/label-view";
import { servingModelId } from "@/lib/records/serving-model";
import { refreshFlags } from "../flags/refresh-flags";
import { lockDrawing } from "./lock-drawing";
import type { SaveLabel } from "./schema";

export type LabelRow = Prisma.LabelGetPayload<object>;

/** What a version says, beside which it is. */
export type Statement = Omit<LabelRow, Given | "undoneById"> & {
  /** Who states it, where that is not the actor: a decision that is taken back makes another's label stand again. */
  authorId?: string | null;
};
type Given = "id" | "sliceId" | "version" | "authorId" | "readingMs" | "saveId" | "createdAt";

/** A slice as it is when its next version is written. */
export interface Standing {
  /** The current label. */
  current: LabelRow | undefined;
  /** What the model in production predicts. Undefined without a prediction, and while blind reading hides it. */
  prediction: Prisma.PredictionGetPayload<object> | undefined;
}

/**
 * Writes the next version of a slice's label: what `state` says, given what stands. The author's draft whose id is
 * `saveId` ends with it, and so do the slice's flags. The only place that writes a person's label.
 *
 * A save that is sent twice becomes one label: where a label has this `saveId`, it is returned as it is.
 *
 * Throws `forbidden` for the system; `not-found` outside the actor's scope; `conflict` if someone saved since
 * `basedOn`, or if `saveId` is another author's or another slice's; and what `state` throws.
 */
export async function writeVersion(
  actor: Actor,
  save: Pick<SaveLabel, "sliceId" | "basedOn" | "saveId" | "readingMs">,
  state: (standing: Standing, db: Transaction) => Statement | Promise<Statement>,
): Promise<LabelView> {
  const actorId = actor.id;
  if (!actorId) throw forbidden({ code: "labels-are-peoples" });
  const { sliceId, basedOn, saveId, readingMs } = save;
  const identity = { sliceId, actorId, saveId };
  try {
    return await transaction(async (db) => {
      await lockDrawing(db, sliceId, actorId);
      const slice = await db.slice.findFirst({
        where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
        include: {
          study: blindInclude.study,
          currentLabel: true,
          predictions: { where: { modelId: await servingModelId(db) } },
        },
      });
      if (!slice) throw notFound({ code: "no-such-slice" });
      // After the slice was read: else a first sending that ends in between would look like someone else's label.
      const saved = await findSaved(db, identity);
      if (saved) return saved;
      const current = slice.currentLabel ?? undefined;
      if (basedOn !== slice.labelVersion) throw newerLabel();

      const prediction = (await isPredictionHidden(db, slice)) ? undefined : slice.predictions[0];
      const statement = await state({ current, prediction }, db);
      const takesBack = statement.authorId !== undefined;
      const label = await db.label.create({
        data: {
          ...statement,
          sliceId,
          saveId,
          authorId: takesBack ? statement.authorId! : actorId,
          undoneById: takesBack ? actorId : null,
          version: basedOn + 1, // Unique with sliceId: the slower of two readers gets `conflict`.
          readingMs: readingMs ?? null,
        },
        include: labelInclude,
      });
      const { version, labelClass, act, restoredVersion } = label;
      const drafts = await db.draft.deleteMany({ where: { id: saveId, sliceId, authorId: actorId } });
      await refreshFlags(db, { studyId: slice.studyId, sliceIds: [sliceId] });
      await recordAudit(db, actor, "label.saved", label.id, {
        sliceId,
        version,
        labelClass,
        act,
        ...(restoredVersion === null ? {} : { restoredVersion }),
      });
      await notifyChange(db, "label", sliceId);
      if (drafts.count > 0) await notifyChange(db, "draft", sliceId);
      return viewLabel(label);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const saved = await findSaved(database(), identity);
    if (saved) return saved;
    throw newerLabel();
  }
}

const newerLabel = () => conflict({ code: "newer-label" });

/** The label that a save has become; null where it has become none. */
async function findSaved(
  db: Transaction,
  { sliceId, actorId, saveId }: { sliceId: string; actorId: string; saveId: string },
): Promise<LabelView | null> {
  const label = await db.label.findUnique({ where: { saveId }, include: labelInclude });
  if (!label) return null;
  if ((label.undoneById ?? label.authorId) !== actorId || label.sliceId !== sliceId)
    throw conflict({ code: "save-id-taken" });
  return viewLabel(label);
}
