import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "../users/access";
import { readContextSlices } from "./read-context-slices";
import { type FrozenItem, firstSnapshotHash, snapshotHash } from "./snapshot-hash";
import type { SnapshotCheck } from "./snapshot-schema";

/**
 * Hashes a snapshot's rows anew, with the labels and pixels that they name, and says whether that is the hash it was
 * frozen with. Changes nothing. Throws `not-found`.
 */
export async function verifySnapshot(
  actor: Actor,
  { snapshotId }: { snapshotId: string },
): Promise<SnapshotCheck> {
  requirePermission(actor, "model:read");
  const snapshot = await database().snapshot.findUnique({ where: { id: snapshotId } });
  if (!snapshot) throw notFound("snapshot");
  const [items, context] = await Promise.all([frozenItems(snapshotId), readContextSlices(snapshotId)]);
  const recomputed = snapshotHash(items, context);
  const holds =
    recomputed === snapshot.hash ||
    // Before there were context slices, less was hashed.
    (snapshot.contextSliceIds.length === 0 && firstSnapshotHash(items) === snapshot.hash);
  return {
    holds,
    recomputed: holds ? snapshot.hash : recomputed,
    items: items.length,
    contextSlices: context.length,
  };
}

/** In the order that `takeSnapshot` hashes them in. */
function frozenItems(snapshotId: string): Promise<FrozenItem[]> {
  return database().$queryRaw<FrozenItem[]>`
    SELECT i."sliceId", s."pixelHash", i."labelId", l."version", l."labelClass", l."maskSha256", i."split"
    FROM "SnapshotItem" i
    JOIN "Slice" s ON s."id" = i."sliceId"
    JOIN "Study" t ON t."id" = s."studyId"
    JOIN "Patient" pt ON pt."id" = t."patientId"
    JOIN "Label" l ON l."id" = i."labelId"
    WHERE i."snapshotId" = ${snapshotId}::uuid
    ORDER BY pt."hashedKey", t."key" COLLATE "C", s."position"`;
}
