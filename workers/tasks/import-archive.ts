import { endImport } from "@/lib/features/imports/end-import";
import { importArchive } from "@/lib/features/imports/import-archive";
import { importArchiveJob } from "@/lib/features/imports/jobs";
import { task } from "../task";

/**
 * Imports an archive. Safe to repeat: each study's records are written in one transaction with the list of its
 * files, and a repetition passes over what has records.
 */
export const importArchiveTask = task(importArchiveJob, importArchive, ({ importId }, status, error) =>
  endImport(importId, status, error),
);
