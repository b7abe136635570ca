import { z } from "zod";
import type { Cohort, FlagReason, LabelClass } from "@/lib/platform/generated/enums";
import { CohortFilter } from "@/lib/records/cohort-filter";
import type { LabelView } from "@/lib/records/label-view";
import { Cursor, type Page } from "@/lib/records/pages";
import type { StudyRow } from "@/lib/records/study-row";

export const studyFilters = ["all", "flagged", "unlabelled", "corrected", "testing"] as const;
export const studyOrders = ["patient", "doubt", "newest"] as const;

export const ListStudies = z.strictObject({
  /** Part of a patient or study key. */
  search: z.string().trim().max(100).default(""),
  filter: z.enum(studyFilters).default("all"),
  cohort: CohortFilter,
  order: z.enum(studyOrders).default("patient"),
  page: Cursor.optional(),
});
export const StudyId = z.strictObject({ studyId: z.uuid() });
export const SliceId = z.strictObject({ sliceId: z.uuid() });

export interface StudyList extends Page<StudyRow> {
  /** Studies on all pages. */
  total: number;
  /** The cohort that is shown. */
  cohort: "ANY" | "REAL" | "PHANTOM";
}

export interface PredictionView {
  modelId: string;
  modelNumber: number;
  pTumor: number;
  /** The same, had the study no other slice; null for a model that looks at no neighbours. */
  pTumorAlone: number | null;
  /** How far the model's heads disagree on this slice (standard deviation, 0 to 0.5); null for one head. */
  headSpread: number | null;
  predictedClass: LabelClass;
  confidence: number;
  /** The model calls tumor from this P(tumor) on. */
  threshold: number;
  /** Pixels of the proposed mask; null where the model's base proposes none. */
  areaPixels: number | null;
  /** Equal masks have equal hashes; null where the model proposes no mask on this slice. */
  maskSha256: string | null;
}

/** A label as an import brought it. */
export type ImportedLabel = Pick<LabelView, "id" | "labelClass" | "areaPixels" | "maskSha256">;

/** One slice of the strip. */
export interface SliceView {
  id: string;
  position: number;
  rows: number;
  columns: number;
  rowSpacingMm: number | null;
  columnSpacingMm: number | null;
  /** Direction cosines of a row and of a column in patient coordinates, six numbers; empty means unknown. */
  orientation: number[];
  prediction: PredictionView | null;
  /** The model has predicted the slice, and says so only after a decision: the patient is kept for testing. */
  predictionHidden: boolean;
  /** The current label. */
  label: LabelView | null;
  /** Number of the newest version, also of one that took the label back; 0 for none. */
  labelVersion: number;
  /** What the newest import said; null where the slice came without a label. */
  imported: ImportedLabel | null;
  flags: FlagReason[];
}

export interface StudyView {
  id: string;
  key: string;
  patientId: string;
  patientKey: string;
  site: string;
  cohort: Cohort;
  /** No model learns from this patient: accuracy is measured on their slices. */
  keptForTesting: boolean;
  studyDate: string | null;
  /** Default window of each channel (R T1 pre, G FLAIR, B T1 post), grey values: 1st and 99th percentile of the study. */
  windowLow: number[];
  windowHigh: number[];
  slices: SliceView[];
  previousStudyId: string | null;
  /** With the slices that it shows first, so that their pictures can be fetched ahead. */
  nextStudy: { id: string; firstSliceIds: string[] } | null;
}
