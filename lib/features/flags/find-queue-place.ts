import { consistentRead } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { blindInclude, isPredictionHidden } from "@/lib/records/blind-reading";
import { behind, type Seek } from "@/lib/records/pages";
import { placeOf } from "@/lib/records/slice-place";
import { shownFlags, whereShown } from "./flags-shown";
import { countFlagged } from "./list-flagged";
import type { FlagFilter, QueuePlace } from "./schema";

/**
 * Where a slice stands among the flagged slices of a filter, in the order of the list: least certain first. Also of one
 * whose flags a decision has ended. Throws `not-found` outside the actor's scope.
 */
export async function findQueuePlace(
  actor: Actor,
  { sliceId, ...filter }: FlagFilter & { sliceId: string },
): Promise<QueuePlace> {
  requirePermission(actor, "study:read");
  return consistentRead(async (db) => {
    const shown = await shownFlags(db, filter);
    const { modelId } = shown;
    const here = await db.slice.findFirst({
      where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
      include: { ...blindInclude, predictions: { where: { modelId }, select: { confidence: true } } },
    });
    if (!here) throw notFound({ code: "no-such-slice" });
    // One without a prediction, or whose prediction is hidden, is in no list: the queue begins after it.
    const isHidden = await isPredictionHidden(db, here);
    const confidence = isHidden ? undefined : here.predictions[0]?.confidence;
    const key = confidence === undefined ? null : [confidence, sliceId];
    const flagsBeside = (direction: Seek["direction"]) => ({
      AND: [
        whereShown(actor, shown),
        { sliceId: { not: sliceId } },
        behind(["confidence", "sliceId"], { key, direction, take: 1 }),
      ],
    });
    const next = await db.flag.findFirst({
      where: flagsBeside("after"),
      orderBy: [{ confidence: "asc" }, { sliceId: "asc" }],
      select: { slice: { select: { id: true, studyId: true, position: true } } },
    });
    const own = await db.flag.findFirst({
      where: { AND: [whereShown(actor, shown), { sliceId }] },
      select: { sliceId: true },
    });
    // Few, as a rule: those that were skipped. What comes after it is all the rest, which each study has counted.
    const before =
      key === null
        ? 0
        : await db.slice.count({
            where: { AND: [slicesReadableBy(actor), { flags: { some: flagsBeside("before") } }] },
          });
    const isFlagged = own !== null;
    const total = await countFlagged(db, actor, shown);
    return {
      isFlagged,
      next: next && placeOf(next.slice),
      left: Math.max(0, total - before - (isFlagged && key !== null ? 1 : 0)),
      before,
    };
  });
}
