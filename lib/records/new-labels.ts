import { database } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";

/**
 * New labels of a cohort: slices whose current label is a person's and says something else than the label that the
 * model in production learned from. Imports do not count, nor does a label that was taken back. Where `model`, the one
 * in production, is of the other cohort or was trained elsewhere, every slice with a person's label counts.
 *
 * Every page shows it: with a model of this installation it reads only labels written since its run, else a count that
 * studies keep.
 */
export async function countNewLabels(
  cohort: Cohort,
  model: { cohort: Cohort; runId: string | null } | null,
): Promise<number> {
  const db = database();
  const run =
    model?.runId && model.cohort === cohort
      ? await db.trainingRun.findUnique({
          where: { id: model.runId },
          select: { snapshotId: true, createdAt: true },
        })
      : null;
  if (!run?.snapshotId) {
    const peoples = await db.study.aggregate({ where: { cohort }, _sum: { correctedSlices: true } });
    return peoples._sum.correctedSlices ?? 0;
  }
  // From the run's beginning: labels are frozen some time after it, and those that were frozen too say the same.
  const [counted] = await db.$queryRaw<{ slices: number }[]>`
    SELECT count(*)::int AS "slices"
    FROM "Label" l
    JOIN "Slice" s ON s."id" = l."sliceId" AND s."currentLabelId" = l."id"
    JOIN "Study" t ON t."id" = s."studyId"
    LEFT JOIN "SnapshotItem" i ON i."snapshotId" = ${run.snapshotId}::uuid AND i."sliceId" = s."id"
    LEFT JOIN "Label" learned ON learned."id" = i."labelId"
    WHERE l."source" <> 'IMPORTED' AND l."createdAt" > ${run.createdAt} AND t."cohort"::text = ${cohort}
      AND (learned."id" IS NULL OR learned."labelClass" <> l."labelClass"
        OR learned."maskSha256" IS DISTINCT FROM l."maskSha256")`;
  return counted?.slices ?? 0;
}
