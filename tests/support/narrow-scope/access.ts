import { vi } from "vitest";
import type { Prisma } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";

/**
 * `lib/records/access.ts` with a rule that it does not have yet: people see the patients of one site, and change the
 * imports that they asked for. The product's own rule of today lets every role see every patient, so that a statement
 * would look the same with its scope and without. For `vi.mock`.
 */
const actual = await vi.importActual<typeof import("@/lib/records/access")>("@/lib/records/access");

export const { may, requirePermission, systemActor } = actual;

/** The site whose patients are seen. */
export const seenSite = "CS";

export const patientsReadableBy = (): Prisma.PatientWhereInput => ({ site: seenSite });
export const studiesReadableBy = (): Prisma.StudyWhereInput => ({ patient: patientsReadableBy() });
export const slicesReadableBy = (): Prisma.SliceWhereInput => ({ study: studiesReadableBy() });
export const importsWritableBy = (actor: Actor): Prisma.ImportWhereInput => ({ requestedById: actor.id });
