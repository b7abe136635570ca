import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { flagsInTheOpen, readsBlind } from "@/lib/records/blind-reading";
import { servingModelId } from "@/lib/records/serving-model";
import { placeOf, type SlicePlace } from "@/lib/records/slice-place";

const placeSelect = { id: true, studyId: true, position: true } as const;

/**
 * The flagged slice to read after this one: the next in its study, else the least certain elsewhere in the same
 * cohort; null where none is left. Never a test patient's while those are read blind. Throws `not-found` outside the
 * actor's scope.
 */
export async function nextFlagged(
  actor: Actor,
  { sliceId }: { sliceId: string },
): Promise<SlicePlace | null> {
  requirePermission(actor, "study:read");
  const here = await database().slice.findFirst({
    where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
    select: { ...placeSelect, study: { select: { patient: { select: { cohort: true } } } } },
  });
  if (!here) throw notFound({ code: "no-such-slice" });
  const modelId = await servingModelId(database());
  const inTheOpen = flagsInTheOpen(await readsBlind(database()));
  const slice = { AND: [slicesReadableBy(actor), { id: { not: sliceId } }] };
  const inStudy = await database().slice.findMany({
    where: { AND: [slice, { flags: { some: { modelId, studyId: here.studyId, ...inTheOpen } } }] },
    orderBy: { position: "asc" },
    select: placeSelect,
  });
  const nearby = inStudy.find(({ position }) => position > here.position) ?? inStudy[0];
  if (nearby) return placeOf(nearby);

  const elsewhere = await database().flag.findFirst({
    where: { modelId, cohort: here.study.patient.cohort, slice, ...inTheOpen },
    orderBy: [{ confidence: "asc" }, { sliceId: "asc" }],
    select: { slice: { select: placeSelect } },
  });
  return elsewhere && placeOf(elsewhere.slice);
}
