import type { EvaluationView, ModelRow, TestSetNote } from "../models/schema";

/** One test patient's row in an accuracy report. */
export interface PatientRow {
  patientId: string;
  patientKey: string;
  slices: number;
  tumorSlices: number;
  tp: number;
  fp: number;
  tn: number;
  fn: number;
  auc: number | null;
  dice: number | null;
}

/** How the test patients were chosen and what the figures cannot say. */
export type ReportNote =
  | { code: "nothing-to-claim" }
  | { code: "whole-patients-held-out" }
  | { code: "measured-with-card" }
  | { code: "phantoms-are-made-up" }
  | { code: "lgg-patients-have-tumor" }
  | TestSetNote;

/** A model's accuracy on patients that neither it nor an ancestor has seen. */
export interface AccuracyReport {
  model: ModelRow;
  evaluation: EvaluationView | null;
  patients: PatientRow[];
  notes: ReportNote[];
}
