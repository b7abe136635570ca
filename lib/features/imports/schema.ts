import { z } from "zod";
import type { Cohort, ImportState } from "@/lib/platform/generated/enums";
import type { JobView } from "@/lib/records/job-view";

/** What a client says of a file before it sends it. */
export const UploadedFile = z.strictObject({
  name: z.string().trim().min(1, "The file has no name").max(255, "The file's name is too long"),
  /** Bytes. */
  size: z.number("The file's size is missing").int().min(1, "The file is empty"),
});
/** Where uploads are sent, by the protocol of tus.io. */
export const uploadsPath = "/api/uploads";
/** Bytes that a client sends in one request: few enough for a slow line, where a server ends a request after minutes. */
export const pieceBytes = 8 * 2 ** 20;

export const ImportId = z.strictObject({ importId: z.uuid() });

/** Which imports a list shows. */
export const ShownImports = z.strictObject({ show: z.enum(["all", "failed"]).default("all") });
export type ShownImports = z.output<typeof ShownImports>;

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
  /** True where it failed and one press begins it again: what it read lies on the server. */
  mayRetry: boolean;
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
