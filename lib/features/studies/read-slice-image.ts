import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { getObject } from "@/lib/platform/storage";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { decodeImage } from "@/lib/science/imaging/decode-image";
import { toRgb8 } from "@/lib/science/imaging/to-rgb8";

/** A slice's grey values: `[rows, columns, 3]` bytes, row by row; R T1 pre-contrast, G FLAIR, B T1 post-contrast. */
export interface SliceImage {
  bytes: Buffer;
  rows: number;
  columns: number;
  /** Changes only with the pixels, which never change. */
  etag: string;
}

/** The pixels of a slice as they were imported. Throws `not-found` outside the actor's scope. */
export async function readSliceImage(actor: Actor, { sliceId }: { sliceId: string }): Promise<SliceImage> {
  requirePermission(actor, "study:read");
  const slice = await database().slice.findFirst({
    where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
    select: { fileSha256: true, pixelHash: true },
  });
  if (!slice) throw notFound({ code: "no-such-slice" });
  const image = toRgb8(await decodeImage(await getObject(slice.fileSha256)));
  return {
    bytes: Buffer.from(image.data.buffer, image.data.byteOffset, image.data.byteLength),
    rows: image.rows,
    columns: image.columns,
    etag: slice.pixelHash,
  };
}
