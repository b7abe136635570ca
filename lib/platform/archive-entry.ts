import type { ArchiveProblem, PassedOver } from "./archive-problem";
import { inLog } from "./message";

/** One file of an archive. */
export interface ArchiveEntry {
  /** Relative, parts joined by `/`, never leaving the archive. */
  path: string;
  /** Bytes when unpacked. */
  size: number;
  /** Bytes in the archive; in a folder the same as `size`. */
  compressedSize: number;
}

/** A zip or a folder, open for reading. */
export interface Archive {
  kind: "zip" | "folder";
  /** What was passed over and why, e.g. links in a folder. Operating systems' own files are not mentioned. */
  ignored: readonly { path: string; reason: PassedOver }[];
  /** All files, in the archive's order; may be called again. */
  entries(): AsyncIterable<ArchiveEntry>;
  /** A file's bytes, checked. Throws `ArchiveError` where this one file is damaged; others stay readable. */
  read(entry: Pick<ArchiveEntry, "path">): Promise<Buffer>;
  close(): Promise<void>;
}

/** Something is wrong with an archive. */
export class ArchiveError extends Error {
  constructor(readonly said: ArchiveProblem) {
    super(inLog(said));
    this.name = "ArchiveError";
  }
}

const MiB = 1024 * 1024;

/** What an archive may be, at most. */
export const limits = {
  entries: 200_000,
  /** Bytes of one file, unpacked. */
  fileBytes: 256 * MiB,
  /** Bytes of all files, unpacked. */
  totalBytes: 64 * 1024 * MiB,
  /** Unpacked bytes for each packed one; counted only above `ratioFloorBytes`, since an empty mask packs 600 to 1. */
  ratio: 200,
  /** Unpacked bytes of one file below which its ratio does not matter. */
  ratioFloorBytes: 32 * MiB,
  /** Unpacked bytes of all files below which their ratio does not matter. */
  totalRatioFloorBytes: 2048 * MiB,
};

/** True for what operating systems add to archives and folders: no file of the sender's. */
export function isSystemFile(path: string): boolean {
  return path
    .split("/")
    .some(
      (part) => part === "__MACOSX" || part === ".DS_Store" || part === "Thumbs.db" || part.startsWith("._"),
    );
}

/** Counts what an archive holds and throws `ArchiveError` as soon as a limit is passed. */
export function limitChecker() {
  let entries = 0;
  let total = 0;
  let packed = 0;
  return ({ path, size, compressedSize }: ArchiveEntry) => {
    entries++;
    total += size;
    packed += compressedSize;
    if (entries > limits.entries) throw new ArchiveError({ code: "too-many-files", limit: limits.entries });
    if (size > limits.fileBytes)
      throw new ArchiveError({ code: "entry-too-large", path, limit: limits.fileBytes });
    if (total > limits.totalBytes)
      throw new ArchiveError({ code: "unpacks-to-too-much", limit: limits.totalBytes });
    const suspicious = size > limits.ratioFloorBytes && size > compressedSize * limits.ratio;
    if (suspicious || (total > limits.totalRatioFloorBytes && total > packed * limits.ratio)) {
      throw new ArchiveError({ code: "unpacks-suspiciously", path });
    }
  };
}
