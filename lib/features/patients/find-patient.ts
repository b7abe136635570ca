import { z } from "zod";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { countSlices } from "../studies/count-slices";
import { studyRow } from "../studies/list-studies";
import type { PatientView } from "../studies/schema";
import { type Actor, patientsReadableBy, requirePermission } from "../users/access";

const Clinical = z.record(z.string(), z.string()).nullable().catch(null);

/** A patient with its studies. Throws `not-found` outside the actor's scope. */
export async function findPatient(actor: Actor, { patientId }: { patientId: string }): Promise<PatientView> {
  requirePermission(actor, "study:read");
  const patient = await database().patient.findFirst({
    where: { AND: [{ id: patientId }, patientsReadableBy(actor)] },
    include: { studies: { orderBy: { key: "asc" } } },
  });
  if (!patient) throw notFound("patient");
  const counts = await countSlices(patient.studies.map((study) => study.id));
  const { id, key, site, cohort, split } = patient;
  return {
    id,
    key,
    site,
    cohort,
    split,
    clinical: Clinical.parse(patient.clinical),
    studies: patient.studies.map((study) => studyRow({ ...study, patient }, counts(study.id))),
  };
}
