import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import type { LabelView } from "@/lib/records/label-view";
import { labelInclude, viewLabel } from "@/lib/records/label-view";

/** All versions of a slice's label, newest first. Throws `not-found` outside the actor's scope. */
export async function listLabels(actor: Actor, { sliceId }: { sliceId: string }): Promise<LabelView[]> {
  requirePermission(actor, "study:read");
  const slice = await database().slice.findFirst({
    where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
    select: { labels: { orderBy: { version: "desc" }, include: labelInclude } },
  });
  if (!slice) throw notFound({ code: "no-such-slice" });
  return slice.labels.map(viewLabel);
}
