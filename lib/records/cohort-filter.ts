import { z } from "zod";
import type { Transaction } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";

/**
 * Which patients a list shows. Left out: real patients once there are any, so that phantoms never stand among them
 * unasked. `ANY` asks for all, so an address has to name it.
 */
export const CohortFilter = z.enum(["ANY", "REAL", "PHANTOM"]).optional();
export type CohortFilter = z.infer<typeof CohortFilter>;

/** The cohort that a list shows where none is asked for. */
export async function shownCohort(db: Transaction, asked: CohortFilter): Promise<Cohort | "ANY"> {
  if (asked) return asked;
  const real = await db.patient.findFirst({ where: { cohort: "REAL" }, select: { id: true } });
  return real ? "REAL" : "ANY";
}
