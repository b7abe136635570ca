import type { Transaction } from "@/lib/platform/database";
import { Prisma } from "@/lib/platform/generated/client";
import { reviewBelow } from "@/lib/records/review-level";

/** What to refresh: one study, or some of its slices, under all models or under one. */
export interface FlagScope {
  studyId: string;
  /** All slices of the study where it is left out. */
  sliceIds?: readonly string[];
  /** All models that have predicted the study where it is left out. */
  modelId?: string;
}

/**
 * Brings the flags of a study up to date with its predictions and labels, in the caller's transaction, counts them in
 * `StudyPrediction.flaggedSlices`, and finds the lowest confidence among the slices that no person has labelled.
 *
 * A slice is flagged under a model while no person has labelled it, and the model's confidence is low, its class differs
 * from the imported label, or the image alone would be predicted as the other class. Flags are a model's own, so a promotion or a
 * rollback changes none of them.
 *
 * Locks the study's row: of two changes to one study at once, the second sees the first. No other study waits.
 */
export async function refreshFlags(
  db: Transaction,
  { studyId, sliceIds, modelId }: FlagScope,
): Promise<void> {
  const ofSlices = (column: Prisma.Sql) =>
    sliceIds ? Prisma.sql`AND ${column} = ANY (${sliceIds}::uuid[])` : Prisma.empty;
  const ofModel = (column: Prisma.Sql) =>
    modelId ? Prisma.sql`AND ${column} = ${modelId}::uuid` : Prisma.empty;
  await db.$queryRaw`SELECT 1 FROM "Study" WHERE "id" = ${studyId}::uuid FOR NO KEY UPDATE`;
  await db.$executeRaw`
    WITH "wanted" AS (
      SELECT p."modelId", s."id" AS "sliceId", r."reason", s."studyId", pt."cohort", p."confidence"
      FROM "Slice" s
      JOIN "Study" t ON t."id" = s."studyId"
      JOIN "Patient" pt ON pt."id" = t."patientId"
      JOIN "Prediction" p ON p."sliceId" = s."id"
      JOIN "Model" m ON m."id" = p."modelId"
      LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
      CROSS JOIN LATERAL (
        SELECT 'LOW_CONFIDENCE'::"FlagReason" AS "reason" WHERE p."confidence" < ${reviewBelow}
        UNION ALL
        SELECT 'MODEL_DISAGREES'::"FlagReason"
        WHERE l."labelClass" IN ('TUMOR', 'NO_TUMOR') AND l."labelClass" <> p."predictedClass"
        UNION ALL
        SELECT 'NEIGHBOURS_DISAGREE'::"FlagReason"
        WHERE (p."pTumorAlone" >= m."threshold") <> (p."predictedClass" = 'TUMOR')
      ) r
      WHERE s."studyId" = ${studyId}::uuid
        ${ofSlices(Prisma.sql`s."id"`)} ${ofModel(Prisma.sql`p."modelId"`)}
        AND (l."source" IS NULL OR l."source" = 'IMPORTED')
    ), "ended" AS (
      DELETE FROM "Flag" f
      WHERE f."studyId" = ${studyId}::uuid ${ofSlices(Prisma.sql`f."sliceId"`)} ${ofModel(Prisma.sql`f."modelId"`)}
        AND NOT EXISTS (
          SELECT FROM "wanted" w
          WHERE w."modelId" = f."modelId" AND w."sliceId" = f."sliceId" AND w."reason" = f."reason"
        )
    )
    INSERT INTO "Flag" ("modelId", "sliceId", "reason", "studyId", "cohort", "confidence")
    SELECT * FROM "wanted"
    ON CONFLICT ("modelId", "sliceId", "reason") DO UPDATE SET "confidence" = excluded."confidence"
    WHERE "Flag"."confidence" <> excluded."confidence"`;
  await db.$executeRaw`
    UPDATE "StudyPrediction" sp SET
      "flaggedSlices" = (
        SELECT count(DISTINCT f."sliceId")::int FROM "Flag" f
        WHERE f."studyId" = sp."studyId" AND f."modelId" = sp."modelId"
      ),
      "lowestConfidence" = (
        SELECT min(p."confidence") FROM "Slice" s
        JOIN "Prediction" p ON p."sliceId" = s."id" AND p."modelId" = sp."modelId"
        LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
        WHERE s."studyId" = sp."studyId" AND (l."source" IS NULL OR l."source" = 'IMPORTED')
      )
    WHERE sp."studyId" = ${studyId}::uuid ${ofModel(Prisma.sql`sp."modelId"`)}`;
}
