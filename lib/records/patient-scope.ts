import { Prisma } from "@/lib/platform/generated/client";
import { type Actor, may } from "./access";

/**
 * The patients an actor may see, for statements in SQL: a condition on `patientId`, an expression that names a patient's
 * id. It says what `patientsReadableBy` says to Prisma; a test compares the two.
 */
export function patientScope(actor: Actor, _patientId: Prisma.Sql): Prisma.Sql {
  return may(actor, "study:read") ? Prisma.sql`true` : Prisma.sql`false`;
}
