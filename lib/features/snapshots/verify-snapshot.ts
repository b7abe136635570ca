import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { SnapshotCheck } from "./schema";
import { firstSnapshotHash, snapshotHash } from "./snapshot-hash";
import { frozenContext, frozenItems } from "./snapshot-lines";

/**
 * Hashes a snapshot's rows again, with the labels and pixels that they name, and says whether that is the hash it was
 * frozen with. Changes nothing. Throws `not-found`.
 */
export async function verifySnapshot(
  actor: Actor,
  { snapshotId }: { snapshotId: string },
): Promise<SnapshotCheck> {
  requirePermission(actor, "model:read");
  const db = database();
  const snapshot = await db.snapshot.findUnique({
    where: { id: snapshotId },
    include: { _count: { select: { items: true, context: true } } },
  });
  if (!snapshot) throw notFound({ code: "no-such-snapshot" });
  const { items, context } = snapshot._count;
  const recomputed = await snapshotHash(frozenItems(db, snapshotId), frozenContext(db, snapshotId));
  const holds =
    recomputed === snapshot.hash ||
    // Snapshots from before there were context slices hashed less.
    (context === 0 && (await firstSnapshotHash(frozenItems(db, snapshotId))) === snapshot.hash);
  return { holds, recomputed: holds ? snapshot.hash : recomputed, items, contextSlices: context };
}
