import { Prisma } from "@/lib/platform/generated/client";
import { type Actor, may } from "./access";

/**
 * The patients an actor may see, for statements in SQL: a condition on the patient table, which the statement names
 * `pt`. It says what `patientsReadableBy` says to Prisma; a test compares the two.
 */
export function patientScope(actor: Actor): Prisma.Sql {
  return may(actor, "study:read") ? Prisma.sql`true` : Prisma.sql`false`;
}
