import type { Prisma } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";

/** A study as a row of a list. */
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
  reviewed: number;
  flagged: number;
  /** Lowest confidence among its slices; null without predictions. */
  lowestConfidence: number | null;
}

/** What a study's row needs beside the study itself: its patient, and what one model says of it. */
export const studyRowInclude = (modelId: string) =>
  ({ patient: true, predictions: { where: { modelId } } }) satisfies Prisma.StudyInclude;

/** A study as a row of a list, with the model's predictions that it was read with. */
export function viewStudyRow(
  study: Prisma.StudyGetPayload<{ include: ReturnType<typeof studyRowInclude> }>,
): StudyRow {
  const prediction = study.predictions[0];
  return {
    id: study.id,
    key: study.key,
    patientId: study.patientId,
    patientKey: study.patient.key,
    site: study.patient.site,
    cohort: study.patient.cohort,
    studyDate: isoDay(study.studyDate),
    slices: study.sliceCount,
    predicted: prediction?.predictedSlices ?? 0,
    predictedTumor: prediction?.tumorSlices ?? 0,
    labelled: study.labelledSlices,
    labelledTumor: study.tumorSlices,
    reviewed: study.correctedSlices,
    flagged: prediction?.flaggedSlices ?? 0,
    lowestConfidence: prediction?.lowestConfidence ?? null,
  };
}

/** `1996-09-09`, or null. */
export function isoDay(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null;
}
