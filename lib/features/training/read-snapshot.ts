import { database } from "@/lib/platform/database";
import type { Split } from "@/lib/platform/generated/enums";
import type { SliceRange } from "./stages";

/** A labelled slice of a snapshot, as the fit needs it. */
export interface SnapshotSlice {
  sliceId: string;
  patientId: string;
  split: Split;
  /** 1 where the label says tumor. */
  truth: 0 | 1;
  rows: number;
  columns: number;
  pixelHash: string;
  fileSha256: string;
  /** Key of the label's mask; null without one. */
  maskSha256: string | null;
  /** True where the label has a mask or states that there is no tumor, so that a proposed mask can be compared. */
  hasKnownMask: boolean;
}

/** The slices of a snapshot, or a range of them, in an order that never changes. */
export async function readSnapshot(snapshotId: string, range?: SliceRange): Promise<SnapshotSlice[]> {
  const items = await database().snapshotItem.findMany({
    where: { snapshotId },
    include: {
      slice: { select: { rows: true, columns: true, pixelHash: true, fileSha256: true, position: true } },
      label: { select: { labelClass: true, maskSha256: true } },
      patient: { select: { hashedKey: true } },
    },
    orderBy: [
      { patient: { hashedKey: "asc" } },
      { slice: { study: { key: "asc" } } },
      { slice: { position: "asc" } },
    ],
    skip: range?.first,
    take: range?.count,
  });
  return items.map(({ sliceId, patientId, split, slice, label }) => ({
    sliceId,
    patientId,
    split,
    truth: label.labelClass === "TUMOR" ? 1 : 0,
    rows: slice.rows,
    columns: slice.columns,
    pixelHash: slice.pixelHash,
    fileSha256: slice.fileSha256,
    maskSha256: label.maskSha256,
    hasKnownMask: label.maskSha256 !== null || label.labelClass === "NO_TUMOR",
  }));
}
