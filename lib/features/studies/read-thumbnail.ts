import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { getDerived, getObject, putDerived } from "@/lib/platform/storage";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { decodeImage } from "@/lib/science/imaging/decode-image";
import { renderThumbnail, THUMBNAIL_TYPE } from "@/lib/science/imaging/thumbnail";
import { toRgb8 } from "@/lib/science/imaging/to-rgb8";

/** Green is FLAIR in the LGG images. */
const flairChannel = 1;

/** A small FLAIR picture of a slice, made on first sight and kept. Throws `not-found` outside the actor's scope. */
export async function readThumbnail(
  actor: Actor,
  { sliceId }: { sliceId: string },
): Promise<{ bytes: Buffer; contentType: string; etag: string }> {
  requirePermission(actor, "study:read");
  const slice = await database().slice.findFirst({
    where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
    select: { fileSha256: true, pixelHash: true, study: { select: { windowLow: true, windowHigh: true } } },
  });
  if (!slice) throw notFound({ code: "no-such-slice" });
  const low = slice.study.windowLow[flairChannel] ?? 0;
  const high = slice.study.windowHigh[flairChannel] ?? 255;
  const etag = `${slice.pixelHash}-${Math.round(low)}-${Math.round(high)}`;
  const key = `thumbnails/${etag}.webp`;
  let bytes = await getDerived(key);
  if (!bytes) {
    const image = toRgb8(await decodeImage(await getObject(slice.fileSha256)));
    bytes = await renderThumbnail(image, flairChannel, { low, high });
    await putDerived(key, bytes);
  }
  return { bytes, contentType: THUMBNAIL_TYPE, etag };
}
