import { database } from "@/lib/platform/database";
import type { LabelSource, Split } from "@/lib/platform/generated/enums";

/** A labelled slice of a snapshot, as the fit needs it. */
export interface SnapshotSlice {
  sliceId: string;
  patientId: string;
  hashedKey: string;
  studyId: string;
  /** Slices of a study are ordered by it; it need not begin at 1 nor be without gaps. */
  position: number;
  split: Split;
  /** 1 where the label says tumor. */
  truth: 0 | 1;
  /** Who stated it: an import, a person who accepted a model's proposal, or a person. */
  source: LabelSource;
  rows: number;
  columns: number;
  pixelHash: string;
  fileSha256: string;
  /** Key of the label's mask; null without one. */
  maskSha256: string | null;
  /** True where the label has a mask or states that there is no tumor, so that a proposed mask can be compared. */
  hasKnownMask: boolean;
}

/** The labelled slices of a snapshot in an order that never changes. */
export async function readSnapshot(snapshotId: string): Promise<SnapshotSlice[]> {
  const items = await database().snapshotItem.findMany({
    where: { snapshotId },
    include: {
      slice: {
        select: {
          studyId: true,
          position: true,
          rows: true,
          columns: true,
          pixelHash: true,
          fileSha256: true,
        },
      },
      label: { select: { labelClass: true, maskSha256: true, source: true } },
      patient: { select: { hashedKey: true } },
    },
    orderBy: [
      { patient: { hashedKey: "asc" } },
      { slice: { study: { key: "asc" } } },
      { slice: { position: "asc" } },
    ],
  });
  return items.map(({ sliceId, patientId, patient, split, slice, label }) => ({
    sliceId,
    patientId,
    hashedKey: patient.hashedKey,
    studyId: slice.studyId,
    position: slice.position,
    split,
    truth: label.labelClass === "TUMOR" ? 1 : 0,
    source: label.source,
    rows: slice.rows,
    columns: slice.columns,
    pixelHash: slice.pixelHash,
    fileSha256: slice.fileSha256,
    maskSha256: label.maskSha256,
    hasKnownMask: label.maskSha256 !== null || label.labelClass === "NO_TUMOR",
  }));
}
