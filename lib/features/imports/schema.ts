import { z } from "zod";
import type { Cohort, ImportState } from "@/lib/platform/generated/enums";
import type { JobView } from "@/lib/records/job-view";

export const BeginUpload = z.strictObject({
  name: z.string().trim().min(1).max(255),
  /** Bytes. */
  size: z.number().int().min(1, "The file is empty"),
});
/** Bytes of one piece of an upload; the last piece is what remains. */
export const chunkBytes = 8 * 2 ** 20;

export const AppendChunk = z.strictObject({
  importId: z.uuid(),
  /** Bytes that went before. */
  offset: z.coerce.number().int().min(0),
});
export const ImportId = z.strictObject({ importId: z.uuid() });

export interface FileProblem {
  file: string;
  reason: string;
}

/** What an import would do, from the list of files and the tables alone. */
export interface ImportPreview {
  patients: number;
  studies: number;
  slices: number;
  masks: number;
  /** Slices whose patient, study and position are known here. */
  alreadyThere: number;
  /** Rows of the table that name another patient than the file they point to; the file's name wins. */
  conflicts: number;
  conflictExamples: FileProblem[];
  /** Second copies of slices and masks in the archive, left out. */
  duplicates: number;
  rejects: FileProblem[];
  /** What else a person should know, in plain sentences. */
  notes: string[];
}

/** What an import did. Counts are of the archive's accepted content. */
export interface ImportReport {
  patients: number;
  studies: number;
  slices: number;
  masks: number;
  tumorSlices: number;
  /** Slices that were known before. */
  alreadyThere: number;
  conflicts: number;
  conflictExamples: FileProblem[];
  /** Second copies of slices and masks in the archive, left out. */
  duplicates: number;
  rejects: FileProblem[];
  notes: string[];
}

export interface ImportView {
  id: string;
  state: ImportState;
  name: string;
  /** Bytes; null for a folder. */
  size: number | null;
  receivedBytes: number;
  /** True where this person may go on with, confirm, cancel or discard it. */
  mayChange: boolean;
  /** Name of who asked for it; null for the command line. */
  requestedBy: string | null;
  cohort: Cohort;
  preview: ImportPreview | null;
  report: ImportReport | null;
  error: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  /** The job that works on it now, or did last. */
  job: JobView | null;
}
