import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { runLinks } from "@/lib/records/run-links";
import type { LabelUse } from "../snapshots/schema";

/**
 * In which snapshots, runs and models each label version of a slice was used, newest snapshot first. Throws `not-found`
 * outside the actor's scope.
 */
export async function labelUses(actor: Actor, { sliceId }: { sliceId: string }): Promise<LabelUse[]> {
  requirePermission(actor, "study:read");
  requirePermission(actor, "model:read");
  const slice = await database().slice.findFirst({
    where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
    select: { id: true },
  });
  if (!slice) throw notFound({ code: "no-such-slice" });
  const items = await database().snapshotItem.findMany({
    where: { label: { sliceId } },
    orderBy: { snapshot: { createdAt: "desc" } },
    select: {
      labelId: true,
      split: true,
      snapshot: { select: { id: true, hash: true, createdAt: true, runs: runLinks } },
    },
  });
  return items.map(({ labelId, split, snapshot }) => ({
    labelId,
    snapshotId: snapshot.id,
    hash: snapshot.hash,
    split,
    frozenAt: snapshot.createdAt,
    runs: snapshot.runs,
  }));
}
