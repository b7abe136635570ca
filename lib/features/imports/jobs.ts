import { jobContract } from "@/lib/platform/jobs";
import { ImportId } from "./schema";

/*
 * The states of an import (`Import.state`). An import of an upload begins at UPLOADING, one of a file or folder on the
 * server begins at IMPORTING, without a preview.
 *
 * UPLOADING: bytes arrive. Entered by the first request of an upload (receive-upload.ts). Left for INSPECTING when the
 *   last byte is there (finish-upload.ts); for CANCELLED when a person cancels, or when nothing has arrived for the days
 *   of grace (system/collect-uploads.ts). A lost connection or a stopped server changes nothing: the upload goes on.
 * INSPECTING: the job `inspect-archive` waits or runs. Left for READY when the preview is there; for FAILED when the
 *   archive cannot be read; for CANCELLED when a person cancels. A second end of the upload is ignored.
 * READY: the preview waits for a person. Left for IMPORTING when a person confirms (confirm-import.ts); for CANCELLED.
 *   A repeated inspection is ignored.
 * IMPORTING: the job `import-archive` waits or runs. Entered from READY; by `begin-path-import.ts`; from FAILED by
 *   `retry-import.ts`. Left for DONE when every file is read (finish-import.ts); for FAILED or CANCELLED (end-import.ts).
 *   A dead worker changes nothing: the next one goes on with the first study that has no rows.
 * DONE: final. A repeated job removes what is left of the upload's bytes and ends.
 * FAILED: the report says what was imported by then. Final for an upload, whose bytes are gone; an import of a file or
 *   folder on the server may be started again.
 * CANCELLED: final. Studies that were imported by then stay.
 *
 * `finishedAt` is set in the last three states alone. Every change of state names the state that it leaves in its
 * `where`, so that of two changes at once one counts and the other does nothing or is refused.
 */

/** Reads an archive's list of files and its tables for a preview. */
export const inspectArchiveJob = jobContract("inspect-archive", ImportId);

/** Brings an archive's studies, slices and labels into the database. */
export const importArchiveJob = jobContract("import-archive", ImportId);

/** The keys of an import's jobs: at most one of each kind is active. */
export const importJobKeys = (importId: string) => ({
  inspect: `inspect-archive:${importId}`,
  import: `import-archive:${importId}`,
});

declare module "@/lib/platform/progress" {
  interface ProgressMessages {
    imports:
      | { code: "checking-archive" }
      /** From 1. */
      | { code: "importing-study"; study: number; studies: number };
  }
}
