import type { EvaluationView, ModelRow } from "../models/schema";

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

/** A model's accuracy on patients that neither it nor an ancestor has seen. */
export interface AccuracyReport {
  model: ModelRow;
  evaluation: EvaluationView | null;
  patients: PatientRow[];
  /** How the test patients were chosen and what the figures cannot say. */
  notes: string[];
}
