import type { Prisma, Transaction } from "@/lib/platform/database";
import { type Actor, slicesReadableBy } from "@/lib/records/access";
import { forTraining, readsBlind } from "@/lib/records/blind-reading";
import { shownCohort } from "@/lib/records/cohort-filter";
import { servingModelId } from "@/lib/records/serving-model";
import type { FlagFilter, FlaggedList } from "./schema";

/** A filter of flags with what stands in the database: the model in production, the cohort, whether one reads blind. */
export interface ShownFlags {
  modelId: string;
  cohort: FlaggedList["cohort"];
  reason: FlagFilter["reason"];
  /** Null for all of them. */
  patients: Prisma.PatientWhereInput | null;
  blind: boolean;
}

export async function shownFlags(db: Transaction, filter: FlagFilter): Promise<ShownFlags> {
  const blind = await readsBlind(db);
  return {
    modelId: await servingModelId(db),
    cohort: await shownCohort(db, filter.cohort),
    reason: filter.reason,
    patients: patientsShown(filter.patients, blind),
    blind,
  };
}

function patientsShown(asked: FlagFilter["patients"], blind: boolean): Prisma.PatientWhereInput | null {
  if (asked === "ANY") return blind ? forTraining : null;
  if (asked === "TRAINING") return forTraining;
  // A flag says what the model predicts, and it ends with the decision.
  return blind ? { id: { in: [] } } : { split: "TEST" };
}

/** The flags of a filter that the actor may read. */
export function whereShown(
  actor: Actor,
  { modelId, cohort, reason, patients }: ShownFlags,
): Prisma.FlagWhereInput {
  const readable = slicesReadableBy(actor);
  return {
    modelId,
    ...(cohort === "ANY" ? {} : { cohort }),
    ...(reason === "ANY" ? {} : { reason }),
    ...(patients ? { study: { patient: patients } } : {}),
    // Left out where the actor may read everything: a join for nothing would make the list slow.
    ...(Object.keys(readable).length > 0 ? { slice: readable } : {}),
  };
}
