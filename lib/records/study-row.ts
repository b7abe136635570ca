import type { Prisma } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";
import { isStudyInTheOpen } from "./blind-reading";

/** A study as a row of a list. */
export interface StudyRow {
  id: string;
  key: string;
  patientId: string;
  patientKey: string;
  site: string;
  cohort: Cohort;
  /** No model learns from its patient. */
  keptForTesting: boolean;
  /** What the model predicts of it is hidden until each slice is decided on. */
  predictionHidden: boolean;
  /** ISO day, or null. */
  studyDate: string | null;
  slices: number;
  /** Slices with a prediction of the production model. */
  predicted: number;
  /** Slices that the production model calls tumor; null where that is hidden. */
  predictedTumor: number | null;
  /** Slices whose current label is tumor. */
  labelledTumor: number;
  /** Slices whose current label is unsure. */
  labelledUnsure: number;
  labelled: number;
  /** Slices whose current label is a person's. */
  reviewed: number;
  /** Slices with a flag; null where that is hidden. */
  flagged: number | null;
  /** Lowest confidence among the slices that no person has labelled; null where none is left, or where it is hidden. */
  lowestConfidence: number | null;
}

/** What a study's row needs beside the study itself: its patient, and what one model says of it. */
export const studyRowInclude = (modelId: string) =>
  ({ patient: true, predictions: { where: { modelId } } }) satisfies Prisma.StudyInclude;

/** A study as a row of a list, with the model's predictions that it was read with. `blind` as `readsBlind` says. */
export function viewStudyRow(
  study: Prisma.StudyGetPayload<{ include: ReturnType<typeof studyRowInclude> }>,
  blind: boolean,
): StudyRow {
  const prediction = study.predictions[0];
  const predictionHidden = !isStudyInTheOpen(blind, study);
  return {
    id: study.id,
    key: study.key,
    patientId: study.patientId,
    patientKey: study.patient.key,
    site: study.patient.site,
    cohort: study.patient.cohort,
    keptForTesting: study.patient.split === "TEST",
    predictionHidden,
    studyDate: isoDay(study.studyDate),
    slices: study.sliceCount,
    predicted: prediction?.predictedSlices ?? 0,
    predictedTumor: predictionHidden ? null : (prediction?.tumorSlices ?? 0),
    labelled: study.labelledSlices,
    labelledTumor: study.tumorSlices,
    // A label states a class, or that it is unsure.
    labelledUnsure: study.labelledSlices - study.statedBits.replaceAll("0", "").length,
    reviewed: study.correctedSlices,
    flagged: predictionHidden ? null : (prediction?.flaggedSlices ?? 0),
    lowestConfidence: predictionHidden ? null : (prediction?.lowestConfidence ?? null),
  };
}

/** `1996-09-09`, or null. */
export function isoDay(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null;
}
