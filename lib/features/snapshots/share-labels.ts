import { database } from "@/lib/platform/database";
import type { LabelShare } from "./schema";

/** A snapshot's labels by who stated them, most first. */
export function shareLabels(snapshotId: string): Promise<LabelShare[]> {
  return database().$queryRaw<LabelShare[]>`
    SELECT l."source", l."authorId" AS "readerId", u."name" AS "readerName", count(*)::int AS "labels"
    FROM "SnapshotItem" i
    JOIN "Label" l ON l."id" = i."labelId"
    LEFT JOIN "User" u ON u."id" = l."authorId"
    WHERE i."snapshotId" = ${snapshotId}::uuid
    GROUP BY l."source", l."authorId", u."name"
    ORDER BY "labels" DESC, l."source", u."name"`;
}
