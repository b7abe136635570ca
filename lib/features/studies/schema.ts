import { z } from "zod";
import type {
  Cohort,
  FlagReason,
  LabelClass,
  LabelReason,
  LabelSource,
} from "@/lib/platform/generated/enums";

export const studyFilters = ["all", "flagged", "unlabelled", "corrected"] as const;
export const studyOrders = ["patient", "doubt", "newest"] as const;

export const ListStudies = z.strictObject({
  /** Part of a patient or study key. */
  search: z.string().trim().max(100).default(""),
  filter: z.enum(studyFilters).default("all"),
  cohort: z.enum(["ANY", "REAL", "PHANTOM"]).default("ANY"),
  order: z.enum(studyOrders).default("patient"),
  /** 1 for the first. */
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});
export const StudyId = z.strictObject({ studyId: z.uuid() });
export const SliceId = z.strictObject({ sliceId: z.uuid() });
export const PatientId = z.strictObject({ patientId: z.uuid() });

/** A row of the worklist. */
export interface StudyRow {
  id: string;
  key: string;
  patientId: string;
  patientKey: string;
  site: string;
  cohort: Cohort;
  /** ISO day, or null. */
  studyDate: string | null;
  slices: number;
  /** Slices with a prediction of the production model. */
  predicted: number;
  /** Slices that the production model calls tumor. */
  predictedTumor: number;
  /** Slices whose current label is tumor. */
  labelledTumor: number;
  labelled: number;
  /** Slices whose current label is a person's. */
  corrected: number;
  flagged: number;
  /** Lowest confidence among its slices; null without predictions. */
  lowestConfidence: number | null;
}

export interface StudyList {
  rows: StudyRow[];
  total: number;
  page: number;
  pages: number;
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
  hasMask: boolean;
}

export interface LabelView {
  id: string;
  version: number;
  labelClass: LabelClass;
  source: LabelSource;
  areaPixels: number | null;
  hasMask: boolean;
  /** Null for imported labels. */
  authorName: string | null;
  /** Number of the model whose proposal was accepted. */
  modelNumber: number | null;
  reason: LabelReason | null;
  note: string | null;
  /** The version that this one brought back. */
  restoredVersion: number | null;
  createdAt: Date;
}

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
  /** The current label. */
  label: LabelView | null;
  /** The newest imported label that has a mask, where that is not the current label. */
  importedMaskLabelId: string | null;
  flags: FlagReason[];
}

export interface StudyView {
  id: string;
  key: string;
  patientId: string;
  patientKey: string;
  site: string;
  cohort: Cohort;
  studyDate: string | null;
  /** Default window of each channel (R T1 pre, G FLAIR, B T1 post), grey values: 1st and 99th percentile of the study. */
  windowLow: number[];
  windowHigh: number[];
  slices: SliceView[];
  previousStudyId: string | null;
  /** With the slices that it shows first, so that their pictures can be fetched ahead. */
  nextStudy: { id: string; firstSliceIds: string[] } | null;
}

/** A patient with its studies. */
export interface PatientView {
  id: string;
  key: string;
  site: string;
  cohort: Cohort;
  split: "TRAIN" | "VALIDATION" | "TEST" | null;
  clinical: Record<string, string> | null;
  studies: StudyRow[];
}
