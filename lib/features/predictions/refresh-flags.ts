import type { Transaction } from "@/lib/platform/database";
import { Prisma } from "@/lib/platform/generated/client";

/** Below this calibrated probability of the predicted class, a person should look. */
export const reviewBelow = 0.8;

/**
 * Makes the flags of studies anew, and with them the studies' counts, in the caller's transaction.
 *
 * A slice is flagged while nobody has stated anything on it (its label is imported or missing) and the production
 * model is in doubt or disagrees with the imported label. A person's word ends the flag.
 * `studyIds` null means all.
 */
export async function refreshFlags(db: Transaction, studyIds: string[] | null): Promise<void> {
  const scope = studyIds === null ? Prisma.sql`true` : Prisma.sql`s."studyId" = ANY (${studyIds}::uuid[])`;
  // Two refreshes of the same slices must not insert the same flag at once.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('refresh-flags', 0))`;
  await db.$executeRaw`DELETE FROM "Flag" f USING "Slice" s WHERE s."id" = f."sliceId" AND ${scope}`;
  await db.$executeRaw`
    INSERT INTO "Flag" ("sliceId", "reason")
    SELECT s."id", r."reason"
    FROM "Slice" s
    JOIN "Model" m ON m."state" = 'PRODUCTION'
    JOIN "Prediction" p ON p."sliceId" = s."id" AND p."modelId" = m."id"
    LEFT JOIN LATERAL (
      SELECT "labelClass", "source" FROM "Label" WHERE "sliceId" = s."id" ORDER BY "version" DESC LIMIT 1
    ) l ON true
    CROSS JOIN LATERAL (
      SELECT 'LOW_CONFIDENCE'::"FlagReason" AS "reason" WHERE p."confidence" < ${reviewBelow}
      UNION ALL
      SELECT 'MODEL_DISAGREES'::"FlagReason"
      WHERE l."labelClass" IN ('TUMOR', 'NO_TUMOR') AND l."labelClass" <> p."predictedClass"
    ) r
    WHERE ${scope} AND (l."source" IS NULL OR l."source" = 'IMPORTED')`;
  await db.$executeRaw`
    UPDATE "Study" t SET "lowestConfidence" = c."lowest", "flaggedSlices" = c."flagged"
    FROM (
      SELECT s."studyId", min(p."confidence") AS "lowest", count(DISTINCT f."sliceId")::int AS "flagged"
      FROM "Slice" s
      LEFT JOIN "Model" m ON m."state" = 'PRODUCTION'
      LEFT JOIN "Prediction" p ON p."sliceId" = s."id" AND p."modelId" = m."id"
      LEFT JOIN "Flag" f ON f."sliceId" = s."id"
      WHERE ${scope}
      GROUP BY s."studyId"
    ) c
    WHERE t."id" = c."studyId"
      AND (t."lowestConfidence", t."flaggedSlices") IS DISTINCT FROM (c."lowest", c."flagged")`;
}
