import { database } from "@/lib/platform/database";
import type { SplitCount } from "./schema";

/** What a snapshot's splits hold. */
export function countSplit(snapshotId: string): Promise<SplitCount[]> {
  return database().$queryRaw<SplitCount[]>`
    SELECT i."split", count(DISTINCT i."patientId")::int AS "patients", count(*)::int AS "slices",
      count(*) FILTER (WHERE l."labelClass" = 'TUMOR')::int AS "tumorSlices"
    FROM "SnapshotItem" i JOIN "Label" l ON l."id" = i."labelId"
    WHERE i."snapshotId" = ${snapshotId}::uuid
    GROUP BY i."split" ORDER BY i."split"`;
}
