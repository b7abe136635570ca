import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, patientsReadableBy, requirePermission } from "@/lib/records/access";
import { testSetNotes } from "../models/test-set-notes";
import { modelInclude, viewModel } from "../models/view-model";
import type { AccuracyReport } from "./schema";

/** A model's newest figures with a row for each test patient in the actor's scope. Throws `not-found`. */
export async function findReport(actor: Actor, { modelId }: { modelId: string }): Promise<AccuracyReport> {
  requirePermission(actor, "model:read");
  const model = await database().model.findUnique({ where: { id: modelId }, include: modelInclude });
  if (!model) throw notFound("model");
  const view = viewModel(model);
  const evaluation = view.evaluation;
  const rows = evaluation
    ? await database().evaluationPatient.findMany({
        where: { evaluationId: evaluation.id, patient: patientsReadableBy(actor) },
        include: { patient: { select: { key: true } } },
        orderBy: { patient: { key: "asc" } },
      })
    : [];
  return {
    model: view,
    evaluation,
    patients: rows.map(({ patient, evaluationId: _, ...row }) => ({ ...row, patientKey: patient.key })),
    notes: await notesOn(view, evaluation),
  };
}

async function notesOn(
  { id, cohort }: AccuracyReport["model"],
  evaluation: AccuracyReport["evaluation"],
): Promise<string[]> {
  if (!evaluation)
    return ["No patient was left that this model and its ancestors have not seen: nothing can be claimed."];
  const notes = [
    "Whole patients were held out. Figures are pooled over their slices; intervals (95 %) resample patients, not slices.",
  ];
  notes.push(...(await testSetNotes({ ...evaluation, modelId: id })));
  if (evaluation.snapshotId === null) {
    notes.push(
      "These figures were measured when the model was made and came with its card; its test patients need not be in this installation.",
    );
  }
  if (cohort === "PHANTOM") notes.push("Phantoms are made-up images: this says nothing about real patients.");
  else if (evaluation.snapshotId === null) {
    notes.push(
      "Every patient of the LGG set has a tumor: the figures speak of finding slices, not of telling ill from healthy.",
    );
  }
  return notes;
}
