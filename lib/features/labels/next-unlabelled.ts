import { createHash } from "node:crypto";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { Prisma } from "@/lib/platform/generated/client";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import { patientScope } from "@/lib/records/patient-scope";
import { placeOf, type SlicePlace } from "@/lib/records/slice-place";

/**
 * The slice to label after this one where labels are few: any slice without a label, of the patient in the same cohort
 * who has the fewest labelled slices; null where every other slice has one. Of all orders that were measured it is the
 * best that loses nothing (docs/decisions/0015). Each reader has an order of their own, so that two who label at once
 * seldom meet. Throws `not-found` outside the actor's scope.
 */
export async function nextUnlabelled(
  actor: Actor,
  { sliceId }: { sliceId: string },
): Promise<SlicePlace | null> {
  requirePermission(actor, "study:read");
  const here = await database().slice.findFirst({
    where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
    select: {
      currentLabelId: true,
      study: { select: { patient: { select: { id: true, cohort: true } } } },
    },
  });
  if (!here) throw notFound({ code: "no-such-slice" });
  const { id: patientHere, cohort } = here.study.patient;
  // The slice at hand counts as labelled: the answer is the same before its label is saved as after.
  const atHand = here.currentLabelId === null ? 1 : 0;
  const [patient] = await database().$queryRaw<{ id: string }[]>`
    SELECT t."patientId" AS "id"
    FROM "Study" t
    WHERE t."cohort" = ${cohort}::"Cohort" AND ${patientScope(actor, Prisma.sql`t."patientId"`)}
    GROUP BY t."patientId"
    HAVING sum(t."sliceCount" - t."labelledSlices") > CASE WHEN t."patientId" = ${patientHere}::uuid THEN ${atHand}::int ELSE 0 END
    ORDER BY sum(t."labelledSlices") + CASE WHEN t."patientId" = ${patientHere}::uuid THEN ${atHand}::int ELSE 0 END,
      uuid_hash_extended(t."patientId", hashtextextended(${actor.id}, 0)), t."patientId"
    LIMIT 1`;
  if (!patient) return null;
  const slices = await database().slice.findMany({
    where: {
      AND: [
        slicesReadableBy(actor),
        { id: { not: sliceId }, currentLabelId: null, study: { patientId: patient.id } },
      ],
    },
    select: { id: true, studyId: true, position: true },
  });
  const inOrder = slices
    .map((slice) => ({ slice, place: shuffled(actor, slice.id) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const next = inOrder[0]?.slice;
  return next ? placeOf(next) : null;
}

/** An id's place in an order that looks random, another one for each person. */
function shuffled({ id: actorId }: Actor, id: string): string {
  return createHash("sha256").update(`${actorId} ${id}`).digest("hex");
}
