import { recordAudit } from "@/lib/platform/audit";
import { isUniqueViolation, transaction } from "@/lib/platform/database";
import { conflict, forbidden, invalid, notFound } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { refreshFlags } from "../predictions/refresh-flags";
import type { LabelView } from "../studies/schema";
import { labelInclude, viewLabel } from "../studies/view-label";
import { type Actor, requirePermission, slicesReadableBy } from "../users/access";
import type { SaveLabel } from "./schema";

/**
 * Saves the next version of a slice's label; earlier versions never change.
 *
 * `basedOn` is the version on the reader's screen, 0 for a first label. `mask` says what becomes of the mask:
 * the production model's proposal, the current label's, or none. Where class and mask are both the model's, the
 * label's source is MODEL, accepted by the actor; else HUMAN.
 *
 * Throws `forbidden` without `label:write`; `not-found` outside the actor's scope; `invalid` for a mask that is not
 * there or contradicts the class; `conflict` if someone saved since `basedOn`, or if another model than `modelId` has
 * gone into production.
 */
export async function saveLabel(actor: Actor, input: SaveLabel): Promise<LabelView> {
  requirePermission(actor, "label:write");
  const authorId = actor.id;
  if (!authorId) throw forbidden("Labels are people's; the system writes none");
  const { sliceId, basedOn, labelClass, reason, note, readingMs, saveId } = input;
  try {
    return await transaction(async (db) => {
      const slice = await db.slice.findFirst({
        where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
        include: {
          labels: { orderBy: { version: "desc" }, take: 1 },
          predictions: { where: { model: { state: "PRODUCTION" } } },
        },
      });
      if (!slice) throw notFound("slice");
      const current = slice.labels[0];
      const prediction = slice.predictions[0];
      if (basedOn !== (current?.version ?? 0)) throw conflict("Someone saved a newer label of this slice");
      // Else a mask would be accepted that the reader never saw.
      if (input.modelId !== (prediction?.modelId ?? null)) {
        throw conflict("The model's prediction of this slice has changed; look at it again");
      }

      const mask = chooseMask(input.mask, current, prediction);
      if (labelClass !== "TUMOR" && mask.areaPixels) {
        throw invalid("mask", "This mask holds tumor. Drop the mask, or label the slice as tumor.");
      }
      const accepted =
        prediction?.predictedClass === labelClass &&
        mask.maskSha256 === (labelClass === "TUMOR" ? prediction.maskSha256 : null);

      const label = await db.label.create({
        data: {
          sliceId,
          version: basedOn + 1, // Unique with sliceId: the slower of two readers gets `conflict`.
          labelClass,
          ...mask,
          source: accepted ? "MODEL" : "HUMAN",
          authorId,
          modelId: accepted || input.mask === "proposed" ? (prediction?.modelId ?? null) : null,
          reason: reason ?? null,
          note: note || null,
          saveId,
          readingMs: readingMs ?? null,
        },
        include: labelInclude,
      });
      await refreshFlags(db, [slice.studyId]);
      await recordAudit(db, actor, "label.saved", label.id, { sliceId, version: label.version, labelClass });
      await notifyChange(db, "label", sliceId);
      return viewLabel(label);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict("Someone saved a newer label of this slice");
    throw error;
  }
}

interface MaskOf {
  maskSha256: string | null;
  areaPixels: number | null;
}

function chooseMask(
  choice: SaveLabel["mask"],
  current: MaskOf | undefined,
  prediction: MaskOf | undefined,
): MaskOf {
  if (choice === "none") return { maskSha256: null, areaPixels: null };
  if (choice === "current") {
    return { maskSha256: current?.maskSha256 ?? null, areaPixels: current?.areaPixels ?? null };
  }
  if (!prediction) throw invalid("mask", "No model has proposed a mask for this slice yet");
  // An empty proposal is stored as none.
  return prediction.maskSha256
    ? { maskSha256: prediction.maskSha256, areaPixels: prediction.areaPixels }
    : { maskSha256: null, areaPixels: null };
}
