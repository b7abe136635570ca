import { z } from "zod";
import { consistentRead } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { countSlices } from "../studies/count-slices";
import { studyRow } from "../studies/list-studies";
import type { PatientView } from "../studies/schema";
import { type Actor, patientsReadableBy, requirePermission } from "../users/access";

const Clinical = z.record(z.string(), z.string()).nullable().catch(null);

/** A patient with its studies. Throws `not-found` outside the actor's scope. */
export async function findPatient(actor: Actor, { patientId }: { patientId: string }): Promise<PatientView> {
  requirePermission(actor, "study:read");
  const found = await consistentRead(async (db) => {
    const patient = await db.patient.findFirst({
      where: { AND: [{ id: patientId }, patientsReadableBy(actor)] },
      include: { studies: { orderBy: { key: "asc" } } },
    });
    const ids = patient?.studies.map((study) => study.id) ?? [];
    return patient && { patient, counts: await countSlices(db, ids) };
  });
  if (!found) throw notFound("patient");
  const { patient, counts } = found;
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
