import { z } from "zod";
import type { ArchiveProblem, PassedOver } from "@/lib/platform/archive-problem";
import type { Cohort, ImportState } from "@/lib/platform/generated/enums";
import { asWritten, type Message, StoredMessageOrText } from "@/lib/platform/message";
import type { JobView } from "@/lib/records/job-view";
import type { ImageProblem } from "@/lib/science/imaging/image-problem";
import type { PlanProblem } from "@/lib/science/imaging/import-plan";

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

/** Why a file was rejected or left out, or what a table says of it. */
export type FileReason =
  | PlanProblem
  | ImageProblem
  | ArchiveProblem
  | PassedOver
  /** Bytes. */
  | { code: "table-too-large"; limit: number }
  /** At this position of this study; it was not replaced. */
  | { code: "other-image-known" }
  | { code: "other-cohort"; patient: string; known: Cohort };

/** A {@link FileReason} as it was stored; versions until 0.2.0 stored a sentence. */
export const StoredReason = StoredMessageOrText;
const FileProblem = z.object({ file: z.string(), reason: StoredReason });
export type FileProblem = z.output<typeof FileProblem>;
export const fileProblem = (file: string, reason: FileReason): FileProblem => ({ file, reason });

const Count = z.int().min(0);
const note = <Code extends string, Values extends z.ZodRawShape>(code: Code, values: Values) =>
  z.object({ code: z.literal(code), ...values });
const asWrittenNote = note("as-written", { text: z.string() });

/** What else a person should know of an import; files, patients and reasons are examples. */
const ImportNote = z.discriminatedUnion("code", [
  asWrittenNote,
  note("second-copies", { files: Count, file: z.string(), reason: StoredReason }),
  note("entries-without-file", { entries: Count, reason: StoredReason }),
  note("files-not-listed", { files: Count, file: z.string() }),
  note("patients-without-images", { patients: Count, patient: z.string() }),
  note("rejects-cut", { named: Count }),
  note("table-and-masks-disagree", { slices: Count }),
  note("equal-files", { files: Count, examples: z.array(z.string()) }),
  note("production-made-on-phantoms", { number: Count }),
  note("ended-early", {}),
  note("ended-before-anything", {}),
]);
export type ImportNote = z.output<typeof ImportNote>;

const Findings = z.object({
  patients: Count,
  studies: Count,
  slices: Count,
  masks: Count,
  /** Slices whose patient, study and position are known here. */
  alreadyThere: Count,
  /** Rows of the table that name another patient than the file they point to; the file's name wins. */
  conflicts: Count,
  conflictExamples: z.array(FileProblem),
  /** Second copies of slices and masks in the archive, left out. */
  duplicates: Count,
  rejects: z.array(FileProblem),
  /** Versions until 0.2.0 stored sentences. */
  notes: z.array(z.union([z.string().transform(asWritten), ImportNote])),
});

/** `Import.preview`: what an import would do, from the list of files and the tables alone. */
export const ImportPreview = Findings;
export type ImportPreview = z.output<typeof ImportPreview>;

/** `Import.report`: what an import did. Counts are of the archive's accepted content. */
export const ImportReport = Findings.extend({ tumorSlices: Count });
export type ImportReport = z.output<typeof ImportReport>;

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
  /** Null unless it failed. */
  error: Message | null;
  createdAt: Date;
  finishedAt: Date | null;
  /** The job that works on it now, or did last. */
  job: JobView | null;
}
