import type { Transaction } from "@/lib/platform/database";

/** What a study's slices add up to, under the production model and the current labels. */
export interface SliceCounts {
  slices: number;
  predicted: number;
  predictedTumor: number;
  labelled: number;
  labelledTumor: number;
  corrected: number;
}

const none: SliceCounts = {
  slices: 0,
  predicted: 0,
  predictedTumor: 0,
  labelled: 0,
  labelledTumor: 0,
  corrected: 0,
};

/**
 * Counts by study id. The caller has already found these ids within the actor's scope.
 */
export async function countSlices(
  db: Transaction,
  studyIds: string[],
): Promise<(studyId: string) => SliceCounts> {
  const rows = await db.$queryRaw<({ studyId: string } & SliceCounts)[]>`
    SELECT s."studyId",
      count(*)::int AS "slices",
      count(p."id")::int AS "predicted",
      count(*) FILTER (WHERE p."predictedClass" = 'TUMOR')::int AS "predictedTumor",
      count(l."id")::int AS "labelled",
      count(*) FILTER (WHERE l."labelClass" = 'TUMOR')::int AS "labelledTumor",
      count(*) FILTER (WHERE l."source" <> 'IMPORTED')::int AS "corrected"
    FROM "Slice" s
    LEFT JOIN "Model" m ON m."state" = 'PRODUCTION'
    LEFT JOIN "Prediction" p ON p."sliceId" = s."id" AND p."modelId" = m."id"
    LEFT JOIN LATERAL (
      SELECT * FROM "Label" WHERE "sliceId" = s."id" ORDER BY "version" DESC LIMIT 1
    ) l ON true
    WHERE s."studyId" = ANY (${studyIds}::uuid[])
    GROUP BY s."studyId"`;
  const byStudy = new Map(rows.map(({ studyId, ...counts }) => [studyId, counts]));
  return (studyId) => byStudy.get(studyId) ?? none;
}
