import type { Transaction } from "@/lib/platform/database";

/** What a model to be made starts from. */
export interface Ancestry {
  /** Hashed keys of the patients that its base and that base's ancestors have seen. */
  baseSeenPatients: readonly string[];
  /** The model whose weights it goes on from; null where its head is fitted from scratch. */
  parentId: string | null;
}

/**
 * Hashed keys of all patients that the weights a model starts from have seen: its base's, and those of its parent, the
 * parent's parent and so on. A parent counts with what its record lists and with the patients that its own run trained
 * and validated on.
 */
export async function seenByAncestors(
  db: Transaction,
  { baseSeenPatients, parentId }: Ancestry,
): Promise<Set<string>> {
  const seen = new Set(baseSeenPatients);
  if (parentId === null) return seen;
  const rows = await db.$queryRaw<{ hashedKey: string }[]>`
    WITH RECURSIVE "chain" AS (
      SELECT "id", "parentId", "runId" FROM "Model" WHERE "id" = ${parentId}::uuid
      UNION
      SELECT m."id", m."parentId", m."runId" FROM "Model" m JOIN "chain" c ON m."id" = c."parentId"
    )
    SELECT unnest(m."seenPatients") AS "hashedKey" FROM "chain" c JOIN "Model" m ON m."id" = c."id"
    UNION
    SELECT pt."hashedKey" FROM "chain" c
    JOIN "TrainingRun" r ON r."id" = c."runId"
    JOIN "SnapshotItem" i ON i."snapshotId" = r."snapshotId" AND i."split" <> 'TEST'
    JOIN "Patient" pt ON pt."id" = i."patientId"`;
  for (const { hashedKey } of rows) seen.add(hashedKey);
  return seen;
}
