import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { getObject } from "@/lib/platform/storage";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { decodeMaskRuns } from "@/lib/science/imaging/mask-rle";

/**
 * A label's mask, `[rows, columns]` bytes, 0 background and 1 tumor; null where it has none.
 * Throws `not-found` outside the actor's scope.
 */
export async function readLabelMask(
  actor: Actor,
  { labelId }: { labelId: string },
): Promise<{ bytes: Uint8Array; rows: number; columns: number; etag: string } | null> {
  requirePermission(actor, "study:read");
  const label = await database().label.findFirst({
    where: { AND: [{ id: labelId }, { slice: slicesReadableBy(actor) }] },
    select: { maskSha256: true },
  });
  if (!label) throw notFound({ code: "no-such-label" });
  if (!label.maskSha256) return null;
  const mask = decodeMaskRuns(await getObject(label.maskSha256));
  return { bytes: mask.data, rows: mask.rows, columns: mask.columns, etag: label.maskSha256 };
}
