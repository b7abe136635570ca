import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { getObject } from "@/lib/platform/storage";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { blindInclude, isPredictionHidden } from "@/lib/records/blind-reading";
import { servingModelId } from "@/lib/records/serving-model";
import { decodeMaskRuns } from "@/lib/science/imaging/mask-rle";

/**
 * The mask that a model (the production model, where none is named) proposes, `[rows, columns]` bytes, 0 background and
 * 1 tumor; null without a prediction, while that is hidden (blind reading), or with an empty proposal. A page names the model whose prediction it shows: another
 * may have gone into production since. Throws `not-found` outside the actor's scope.
 */
export async function readProposedMask(
  actor: Actor,
  { sliceId, modelId }: { sliceId: string; modelId?: string },
): Promise<{ bytes: Uint8Array; rows: number; columns: number; modelNumber: number; etag: string } | null> {
  requirePermission(actor, "study:read");
  const slice = await database().slice.findFirst({
    where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
    include: {
      ...blindInclude,
      predictions: {
        where: { modelId: modelId ?? (await servingModelId(database())) },
        include: { model: { select: { number: true } } },
      },
    },
  });
  if (!slice) throw notFound({ code: "no-such-slice" });
  const prediction = slice.predictions[0];
  if (!prediction?.maskSha256 || (await isPredictionHidden(database(), slice))) return null;
  const mask = decodeMaskRuns(await getObject(prediction.maskSha256));
  return {
    bytes: mask.data,
    rows: mask.rows,
    columns: mask.columns,
    modelNumber: prediction.model.number,
    etag: prediction.maskSha256,
  };
}
