import { createHash } from "node:crypto";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { placeOf, type SlicePlace } from "../studies/slice-place";
import { type Actor, patientsReadableBy, requirePermission, slicesReadableBy } from "../users/access";

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
      study: { select: { patient: { select: { id: true, cohort: true } } } },
      labels: { select: { id: true }, take: 1 },
    },
  });
  if (!here) throw notFound("slice");
  const { id: patientHere, cohort } = here.study.patient;
  const unlabelled = { id: { not: sliceId }, labels: { none: {} } };
  const labelledSlices = { _count: { select: { slices: { where: { labels: { some: {} } } } } } };
  const patients = await database().patient.findMany({
    where: {
      AND: [patientsReadableBy(actor), { cohort }],
      studies: { some: { slices: { some: unlabelled } } },
    },
    select: { id: true, studies: { select: labelledSlices } },
  });
  const shuffled = shuffledFor(actor);
  const patient = smallest(patients, ({ id, studies }) => {
    // The slice at hand is as good as labelled: so it is the same answer before its label is saved as after.
    const atHand = id === patientHere && here.labels.length === 0 ? 1 : 0;
    const labelled = studies.reduce((sum, { _count }) => sum + _count.slices, atHand);
    return `${String(labelled).padStart(9, "0")} ${shuffled(id)}`;
  });
  if (!patient) return null;
  const slices = await database().slice.findMany({
    where: { AND: [slicesReadableBy(actor), unlabelled, { study: { patientId: patient.id } }] },
    select: { id: true, studyId: true, position: true },
  });
  const next = smallest(slices, ({ id }) => shuffled(id));
  return next ? placeOf(next) : null;
}

/** A place for each id in an order that looks random, another one for each person. */
function shuffledFor({ id: actorId }: Actor) {
  return (id: string) => createHash("sha256").update(`${actorId} ${id}`).digest("hex");
}

function smallest<T>(all: readonly T[], by: (one: T) => string): T | undefined {
  let found: { one: T; place: string } | undefined;
  for (const one of all) {
    const place = by(one);
    if (!found || place < found.place) found = { one, place };
  }
  return found?.one;
}
