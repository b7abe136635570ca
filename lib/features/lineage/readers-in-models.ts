import { database } from "@/lib/platform/database";
import { type Actor, may, requirePermission } from "@/lib/records/access";
import type { ModelLink, ReaderInModels } from "../snapshots/schema";

/**
 * Which models learned from whose labels (train and validation; the test's are left out), newest model first. Who does
 * not manage users sees their own alone.
 */
export async function readersInModels(actor: Actor): Promise<ReaderInModels[]> {
  requirePermission(actor, "model:read");
  const everybody = may(actor, "user:manage");
  const rows = await database().$queryRaw<
    (ModelLink & { readerId: string; readerName: string; snapshotId: string; labels: number })[]
  >`
    SELECT u."id" AS "readerId", u."name" AS "readerName", m."id", m."number", m."state", a."snapshotId",
      sum(a."learned")::int AS "labels"
    FROM "Model" m
    JOIN "TrainingRun" r ON r."id" = m."runId"
    JOIN "SnapshotAuthor" a ON a."snapshotId" = r."snapshotId" AND a."learned" > 0
    JOIN "User" u ON u."id" = a."authorId"
    WHERE ${everybody} OR u."id" = ${actor.id}::uuid
    GROUP BY u."id", u."name", m."id", m."number", m."state", a."snapshotId"
    ORDER BY u."name", u."id", m."number" DESC`;
  const readers = new Map<string, ReaderInModels>();
  for (const { readerId, readerName, ...model } of rows) {
    const reader = readers.get(readerId) ?? { readerId, readerName, models: [] };
    reader.models.push(model);
    readers.set(readerId, reader);
  }
  return [...readers.values()];
}
