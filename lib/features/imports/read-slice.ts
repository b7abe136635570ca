import { createHash } from "node:crypto";
import type { Archive } from "@/lib/platform/archive-entry";
import { ArchiveError } from "@/lib/platform/archive-entry";
import { putObject } from "@/lib/platform/storage";
import { ImageError } from "@/lib/science/imaging/image-problem";
import type { SlicePlan } from "@/lib/science/imaging/import-plan";
import { imageProcesses } from "./images/image-processes";
import type { FileReason } from "./schema";
import type { StudyWindow } from "./study-window";

/** What an archive states on a slice. */
export interface StatedLabel {
  labelClass: "TUMOR" | "NO_TUMOR";
  /** Key of the stored mask; null where only the table speaks. */
  maskSha256: string | null;
  areaPixels: number | null;
}

/** A slice as it was read: its bytes and its mask are in the object store, its record is not written yet. */
export interface SliceReading {
  position: number;
  file: string;
  /** Why it cannot be imported; null where it can. */
  rejected: FileReason | null;
  rows: number;
  columns: number;
  fileSha256: string;
  /** Empty where the slice was known: its pixels were not decoded again. */
  pixelHash: string;
  label: StatedLabel | null;
  /** True where the table contradicts the mask's pixels. */
  maskConflict: boolean;
  /** A mask file that could not be used; the slice is imported without it. */
  maskRejected: { file: string; reason: FileReason } | null;
}

/** A slice that the database holds already. */
export interface KnownSlice {
  rows: number;
  columns: number;
  fileSha256: string;
}

/**
 * Reads one slice and its mask from an archive, stores both, and adds the slice's grey values to its study's window.
 * What is wrong with one file is said in the reading; only faults of the machine are thrown.
 */
export async function readSlice(
  archive: Archive,
  planned: SlicePlan,
  known: KnownSlice | undefined,
  window: StudyWindow,
): Promise<SliceReading> {
  const reading: SliceReading = {
    position: planned.position,
    file: planned.imagePath,
    rejected: null,
    rows: known?.rows ?? 0,
    columns: known?.columns ?? 0,
    fileSha256: "",
    pixelHash: "",
    label: null,
    maskConflict: false,
    maskRejected: null,
  };

  const problem = await problemOf(async () => {
    const bytes = await archive.read({ path: planned.imagePath });
    if (known) {
      reading.fileSha256 = createHash("sha256").update(bytes).digest("hex");
      if (reading.fileSha256 !== known.fileSha256) reading.rejected = otherContent;
      return;
    }
    const image = await imageProcesses.examine("image", bytes);
    reading.rows = image.rows;
    reading.columns = image.columns;
    reading.pixelHash = image.pixelHash;
    window.add(image.histograms);
    reading.fileSha256 = await putObject(bytes);
  });
  reading.rejected ??= problem;
  if (reading.rejected) return reading;

  if (planned.maskPath) {
    const file = planned.maskPath;
    const reason = await problemOf(async () => {
      const mask = await imageProcesses.examine("mask", await archive.read({ path: file }));
      if (mask.rows !== reading.rows || mask.columns !== reading.columns) {
        const { rows, columns } = reading;
        throw new ImageError({
          code: "mask-size",
          maskRows: mask.rows,
          maskColumns: mask.columns,
          rows,
          columns,
        });
      }
      const { areaPixels } = mask;
      const maskSha256 = await putObject(mask.runs);
      reading.label = { labelClass: areaPixels > 0 ? "TUMOR" : "NO_TUMOR", maskSha256, areaPixels };
    });
    if (reason) reading.maskRejected = { file, reason };
  }
  if (reading.label) {
    reading.maskConflict =
      planned.csvMask !== null && planned.csvMask !== (reading.label.labelClass === "TUMOR" ? 1 : 0);
  } else if (planned.csvMask !== null) {
    reading.label = {
      labelClass: planned.csvMask ? "TUMOR" : "NO_TUMOR",
      maskSha256: null,
      areaPixels: null,
    };
  }
  return reading;
}

export const otherContent: FileReason = { code: "other-image-known" };

/** What is wrong with a file; null where `work` succeeds. Faults of the machine are thrown on. */
async function problemOf(work: () => Promise<void>): Promise<FileReason | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ImageError || error instanceof ArchiveError) return error.said;
    throw error;
  }
}
