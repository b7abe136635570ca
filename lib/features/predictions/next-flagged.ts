import { database, type Prisma } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { placeOf, type SlicePlace } from "../studies/slice-place";
import { type Actor, requirePermission, slicesReadableBy } from "../users/access";

/**
 * The flagged slice to read after this one: the next in its study, else the most doubtful elsewhere in the same
 * cohort; null where none is left. Throws `not-found` outside the actor's scope.
 */
export async function nextFlagged(
  actor: Actor,
  { sliceId }: { sliceId: string },
): Promise<SlicePlace | null> {
  requirePermission(actor, "study:read");
  const here = await database().slice.findFirst({
    where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
    include: { study: { include: { patient: true } } },
  });
  if (!here) throw notFound("slice");
  const flaggedSlice = (where: Prisma.SliceWhereInput) => ({
    AND: [slicesReadableBy(actor), { id: { not: sliceId }, flags: { some: {} } }, where],
  });
  const inStudy = await database().slice.findMany({
    where: flaggedSlice({ studyId: here.studyId }),
    orderBy: { position: "asc" },
  });
  const nearby = inStudy.find((slice) => slice.position > here.position) ?? inStudy[0];
  if (nearby) return placeOf(nearby);

  const elsewhere = await database().prediction.findFirst({
    where: {
      model: { state: "PRODUCTION" },
      slice: flaggedSlice({ study: { patient: { cohort: here.study.patient.cohort } } }),
    },
    orderBy: [{ confidence: "asc" }, { sliceId: "asc" }],
    include: { slice: true },
  });
  return elsewhere && placeOf(elsewhere.slice);
}
