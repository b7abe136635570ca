import type { Prisma } from "@/lib/platform/database";
import { Metrics } from "@/lib/records/json-columns";
import type { EvaluationView, ModelRow } from "./schema";

/** What a model's row needs beside itself: its run, and its figures with what they were measured on. */
export const modelInclude = {
  run: { select: { id: true, number: true } },
  evaluations: { orderBy: { createdAt: "desc" }, include: { snapshot: { select: { cohort: true } } } },
} satisfies Prisma.ModelInclude;

export type ModelWithRow = Prisma.ModelGetPayload<{ include: typeof modelInclude }>;

export function viewEvaluation(evaluation: Prisma.EvaluationGetPayload<object>): EvaluationView {
  const { id, patients, slices, snapshotId, createdAt } = evaluation;
  return {
    id,
    patients,
    slices,
    snapshotId,
    createdAt,
    metrics: Metrics.parse(evaluation.metrics),
  };
}

/** A model as a row of the list, with its newest figures on its own cohort. */
export function viewModel(model: ModelWithRow): ModelRow {
  const evaluation = newestOnOwnCohort(model);
  return {
    id: model.id,
    number: model.number,
    state: model.state,
    cohort: model.cohort,
    createdAt: model.createdAt,
    promotedAt: model.promotedAt,
    runId: model.run?.id ?? null,
    runNumber: model.run?.number ?? null,
    evaluation: evaluation ? viewEvaluation(evaluation) : null,
  };
}

/**
 * A model's figures on the newest snapshot that it was scored on. A comparison with a later production leaves out the
 * patients that that one has seen, so that the figures on the most patients are the model's own.
 */
export function newestOnOwnCohort({ cohort, evaluations }: Pick<ModelWithRow, "cohort" | "evaluations">) {
  // A model in production is scored on phantoms too, beside a candidate made on them: that says nothing of patients.
  const own = evaluations.filter(({ snapshot }) => !snapshot || snapshot.cohort === cohort);
  const newest = own[0];
  return own
    .filter(({ snapshotId }) => snapshotId === newest?.snapshotId)
    .reduce((most, one) => (!most || one.patients > most.patients ? one : most), newest);
}
