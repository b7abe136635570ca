import type { Transaction } from "@/lib/platform/database";

/** What a model to be made starts from. */
export interface Ancestry {
  /** Hashed keys of the patients that its base and that base's ancestors have seen, as the base's record lists them. */
  baseSeenPatients: readonly string[];
  /** Its base, where that is in the registry. */
  baseSha256: string | null;
  /** The model whose weights it goes on from; null where its head is fitted from scratch. */
  parentId: string | null;
}

/**
 * Hashed keys of all patients that the weights a model starts from have seen. Its ancestors are its base, its parent,
 * the parent's parent and so on, the bases that these stand on, and the bases that any of the bases goes on from. Each
 * counts with the patients that its record lists and with those that its own run trained and validated on.
 */
export async function seenByAncestors(
  db: Transaction,
  { baseSeenPatients, baseSha256, parentId }: Ancestry,
): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ hashedKey: string }[]>`
    WITH RECURSIVE "parents" AS (
      SELECT "id", "parentId", "baseSha256", "runId" FROM "Model" WHERE "id" = ${parentId}::uuid
      UNION
      SELECT m."id", m."parentId", m."baseSha256", m."runId"
      FROM "Model" m JOIN "parents" p ON m."id" = p."parentId"
    ), "bases" AS (
      SELECT "sha256", "parentSha256", "runId" FROM "Base"
      WHERE "sha256" = ${baseSha256} OR "sha256" IN (SELECT "baseSha256" FROM "parents")
      UNION
      SELECT b."sha256", b."parentSha256", b."runId" FROM "Base" b JOIN "bases" c ON b."sha256" = c."parentSha256"
    )
    SELECT "hashedKey" FROM "ModelPatient"
    WHERE "modelId" IN (SELECT "id" FROM "parents") AND "split" IS DISTINCT FROM 'TEST'
    UNION
    SELECT "hashedKey" FROM "BaseSeenPatient" WHERE "baseSha256" IN (SELECT "sha256" FROM "bases")
    UNION
    SELECT pt."hashedKey" FROM "TrainingRun" r
    JOIN "SnapshotItem" i ON i."snapshotId" = r."snapshotId" AND i."split" <> 'TEST'
    JOIN "Patient" pt ON pt."id" = i."patientId"
    WHERE r."id" IN (SELECT "runId" FROM "parents" UNION SELECT "runId" FROM "bases")`;
  return new Set([...baseSeenPatients, ...rows.map(({ hashedKey }) => hashedKey)]);
}
