import type { SliceRange } from "@/lib/features/snapshots/schema";
import { database } from "@/lib/platform/database";
import { Prisma } from "@/lib/platform/generated/client";
import type { LabelClass, LabelSource, Split } from "@/lib/platform/generated/enums";

/** A slice of a snapshot's study without a usable label: read as a neighbour, never learned from. */
export interface ContextSlice {
  sliceId: string;
  patientId: string;
  hashedKey: string;
  studyId: string;
  /** Slices of a study are ordered by it; it need not begin at 1 nor be without gaps. */
  position: number;
  rows: number;
  columns: number;
  pixelHash: string;
  fileSha256: string;
}

/** A labelled slice of a snapshot, as the fit needs it. */
export interface SnapshotSlice extends ContextSlice {
  split: Split;
  /** 1 where the label says tumor. */
  truth: 0 | 1;
  /** Who stated it: an import, a person who accepted a model's proposal, or a person. */
  source: LabelSource;
  /** Key of the label's mask; null without one. */
  maskSha256: string | null;
  /** True where the label has a mask or states that there is no tumor, so that a proposed mask can be compared. */
  hasKnownMask: boolean;
}

export type AnySnapshotSlice = SnapshotSlice | ContextSlice;

export const isLabelled = (slice: AnySnapshotSlice): slice is SnapshotSlice => "truth" in slice;

interface Row extends ContextSlice {
  /** Null for a context slice, as all below. */
  split: Split | null;
  labelClass: LabelClass | null;
  source: LabelSource | null;
  maskSha256: string | null;
}

/**
 * The slices of a snapshot in its order: the labelled ones, then the context slices. A range reads those at its places
 * alone, at the same cost wherever it is.
 */
export async function readSnapshot(snapshotId: string, range?: SliceRange): Promise<AnySnapshotSlice[]> {
  const at = range
    ? Prisma.sql`AND "index" >= ${range.first} AND "index" < ${range.first + range.count}`
    : Prisma.empty;
  const rows = await database().$queryRaw<Row[]>`
    WITH "frozen" AS (
      SELECT "index", "sliceId", "labelId", "split" FROM "SnapshotItem" WHERE "snapshotId" = ${snapshotId}::uuid ${at}
      UNION ALL
      SELECT "index", "sliceId", NULL, NULL FROM "SnapshotContext" WHERE "snapshotId" = ${snapshotId}::uuid ${at}
    )
    SELECT s."id" AS "sliceId", t."patientId", pt."hashedKey", s."studyId", s."position", s."rows", s."columns",
      s."pixelHash", s."fileSha256", f."split", l."labelClass", l."source", l."maskSha256"
    FROM "frozen" f
    JOIN "Slice" s ON s."id" = f."sliceId"
    JOIN "Study" t ON t."id" = s."studyId"
    JOIN "Patient" pt ON pt."id" = t."patientId"
    LEFT JOIN "Label" l ON l."id" = f."labelId"
    ORDER BY f."index"`;
  return rows.map(viewRow);
}

function viewRow({ split, labelClass, source, maskSha256, ...slice }: Row): AnySnapshotSlice {
  if (split === null) return slice;
  return {
    ...slice,
    split,
    truth: labelClass === "TUMOR" ? 1 : 0,
    source: source!,
    maskSha256,
    hasKnownMask: maskSha256 !== null || labelClass === "NO_TUMOR",
  };
}
