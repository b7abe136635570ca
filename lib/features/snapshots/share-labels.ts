import { database } from "@/lib/platform/database";
import type { LabelShare } from "./schema";

/** A snapshot's labels by who stated them, most first. */
export function shareLabels(snapshotId: string): Promise<LabelShare[]> {
  return database().$queryRaw<LabelShare[]>`
    SELECT a."source", a."authorId" AS "readerId", u."name" AS "readerName", a."learned" + a."tested" AS "labels"
    FROM "SnapshotAuthor" a LEFT JOIN "User" u ON u."id" = a."authorId"
    WHERE a."snapshotId" = ${snapshotId}::uuid
    ORDER BY "labels" DESC, a."source", u."name"`;
}
