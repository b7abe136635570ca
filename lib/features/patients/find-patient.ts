import { consistentRead } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, patientsReadableBy, requirePermission } from "@/lib/records/access";
import { readsBlind } from "@/lib/records/blind-reading";
import { Clinical } from "@/lib/records/json-columns";
import { servingModelId } from "@/lib/records/serving-model";
import { studyRowInclude, viewStudyRow } from "@/lib/records/study-row";
import type { PatientView } from "./schema";

/** A patient with its studies. Throws `not-found` outside the actor's scope. */
export async function findPatient(actor: Actor, { patientId }: { patientId: string }): Promise<PatientView> {
  requirePermission(actor, "study:read");
  const { patient, blind } = await consistentRead(async (db) => ({
    patient: await db.patient.findFirst({
      where: { AND: [{ id: patientId }, patientsReadableBy(actor)] },
      include: {
        studies: { orderBy: { key: "asc" }, include: studyRowInclude(await servingModelId(db)) },
      },
    }),
    blind: await readsBlind(db),
  }));
  if (!patient) throw notFound({ code: "no-such-patient" });
  const { id, key, site, cohort, split } = patient;
  return {
    id,
    key,
    site,
    cohort,
    split,
    clinical: Clinical.parse(patient.clinical),
    studies: patient.studies.map((study) => viewStudyRow(study, blind)),
  };
}
