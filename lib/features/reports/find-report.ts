import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, patientsReadableBy, requirePermission } from "@/lib/records/access";
import { testSetNotes } from "../models/test-set-notes";
import { modelInclude, viewModel } from "../models/view-model";
import type { AccuracyReport, ReportNote } from "./schema";

/** A model's newest figures with a row for each test patient in the actor's scope. Throws `not-found`. */
export async function findReport(actor: Actor, { modelId }: { modelId: string }): Promise<AccuracyReport> {
  requirePermission(actor, "model:read");
  const model = await database().model.findUnique({ where: { id: modelId }, include: modelInclude });
  if (!model) throw notFound({ code: "no-such-model" });
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
): Promise<ReportNote[]> {
  if (!evaluation) return [{ code: "nothing-to-claim" }];
  const notes: ReportNote[] = [{ code: "whole-patients-held-out" }];
  notes.push(...(await testSetNotes({ ...evaluation, modelId: id })));
  if (evaluation.snapshotId === null) notes.push({ code: "measured-with-card" });
  if (cohort === "PHANTOM") notes.push({ code: "phantoms-are-made-up" });
  else if (evaluation.snapshotId === null) notes.push({ code: "lgg-patients-have-tumor" });
  return notes;
}
