import type { ArchiveProblem } from "@/lib/platform/archive-problem";
import type { FileProblem } from "./schema";

/** Why an archive as a whole cannot be imported. */
export type ArchiveRefusal = ArchiveProblem | { code: "no-image"; first: FileProblem | null };

/** What features of imports refuse. */
export type ImportRefusal =
  | { code: "no-such-import" }
  | { code: "no-such-upload" }
  | { code: "import-ended" }
  | { code: "import-not-failed" }
  | { code: "import-not-waiting" }
  | { code: "too-many-uploads"; most: number; seconds: number }
  | { code: "upload-ended" }
  | { code: "upload-cancelled" }
  | { code: "upload-bytes-gone" }
  | { code: "upload-incomplete"; arrived: number; size: number }
  | { code: "upload-not-written" }
  | { code: "archive-changed" }
  | { code: "nothing-at-path"; path: string }
  | { code: "archive-not-importable"; problem: ArchiveRefusal }
  /** Bytes. */
  | { code: "file-too-large"; limit: number }
  | { code: "no-room-for-file"; free: number; size: number };

declare module "@/lib/platform/errors" {
  interface Refusals {
    imports: ImportRefusal;
  }
}
