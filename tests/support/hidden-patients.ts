import { Prisma } from "@/lib/platform/generated/client";

/**
 * Patients that nobody may see, as a later rule could say. A test file mocks the two places that say who may see which patient:
 *
 *     vi.mock("@/lib/records/access", async (original) => accessWithHidden(await original()));
 *     vi.mock("@/lib/records/patient-scope", () => scopeWithHidden);
 */
export const hidden = { patientIds: [] as string[] };

export function accessWithHidden<Access extends object>(original: Access) {
  const patient = () => ({ id: { notIn: hidden.patientIds } });
  return {
    ...original,
    patientsReadableBy: patient,
    studiesReadableBy: () => ({ patient: patient() }),
    slicesReadableBy: () => ({ study: { patient: patient() } }),
  };
}

export const scopeWithHidden = {
  patientScope: (_: unknown, patientId: Prisma.Sql) =>
    Prisma.sql`NOT ${patientId} = ANY (${hidden.patientIds}::uuid[])`,
};
