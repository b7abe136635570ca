import { database } from "@/lib/platform/database";

/** A slice of a snapshot's study without a usable label: looked at as a neighbour, never learned from itself. */
export interface ContextSlice {
  sliceId: string;
  patientId: string;
  hashedKey: string;
  studyId: string;
  position: number;
  pixelHash: string;
  fileSha256: string;
}

/** A snapshot's context slices in the order they were frozen in; none in snapshots of before there were any. */
export async function readContextSlices(snapshotId: string): Promise<ContextSlice[]> {
  return database().$queryRaw<ContextSlice[]>`
    SELECT s."id" AS "sliceId", t."patientId", p."hashedKey", s."studyId", s."position", s."pixelHash", s."fileSha256"
    FROM "Snapshot" n
    CROSS JOIN LATERAL unnest(n."contextSliceIds") WITH ORDINALITY AS c("id", "place")
    JOIN "Slice" s ON s."id" = c."id"
    JOIN "Study" t ON t."id" = s."studyId"
    JOIN "Patient" p ON p."id" = t."patientId"
    WHERE n."id" = ${snapshotId}::uuid
    ORDER BY c."place"`;
}
