import { database } from "@/lib/platform/database";
import type { SplitCount } from "./schema";

/** What a snapshot's splits hold. */
export function countSplit(snapshotId: string): Promise<SplitCount[]> {
  return database().$queryRaw<SplitCount[]>`
    SELECT "split", count(*)::int AS "patients", sum("slices")::int AS "slices", sum("tumorSlices")::int AS "tumorSlices"
    FROM "SnapshotPatient" WHERE "snapshotId" = ${snapshotId}::uuid
    GROUP BY "split" ORDER BY "split"`;
}
