import type { Prisma } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";

/** The slices that a model has yet to predict. A model made on phantoms never speaks of real patients. */
export function slicesLackingPrediction(model: { id: string; cohort: Cohort }): Prisma.SliceWhereInput {
  return {
    predictions: { none: { modelId: model.id } },
    ...(model.cohort === "PHANTOM" ? { study: { patient: { cohort: "PHANTOM" } } } : {}),
  };
}
