import { endImport } from "@/lib/features/imports/end-import";
import { inspectArchive } from "@/lib/features/imports/inspect-archive";
import { inspectArchiveJob } from "@/lib/features/imports/jobs";
import { task } from "../task";

/** Makes an upload's preview. Safe to repeat: nothing is written but the preview, and only once. */
export const inspectArchiveTask = task(inspectArchiveJob, inspectArchive, ({ importId }, status, error) =>
  endImport(importId, status, error),
);
