import { database } from "@/lib/platform/database";
import { Prisma } from "@/lib/platform/generated/client";
import type { Cohort } from "@/lib/platform/generated/enums";

type PredictingModel = { id: string; cohort: Cohort };

/** A study in which a slice has no prediction of the model yet: `t` the study, `sp` what the model says of it. */
const unpredicted = ({ id, cohort }: PredictingModel) => Prisma.sql`
  FROM "Study" t
  LEFT JOIN "StudyPrediction" sp ON sp."studyId" = t."id" AND sp."modelId" = ${id}::uuid
  WHERE t."sliceCount" > coalesce(sp."predictedSlices", 0)
    ${cohort === "PHANTOM" ? Prisma.sql`AND t."cohort" = 'PHANTOM'` : Prisma.empty}`;

/** Slices that a model has not predicted yet. A model made on phantoms never predicts real patients. */
export async function countUnpredicted(model: PredictingModel): Promise<number> {
  const [row] = await database().$queryRaw<{ slices: number }[]>`
    SELECT coalesce(sum(t."sliceCount" - coalesce(sp."predictedSlices", 0)), 0)::int AS "slices" ${unpredicted(model)}`;
  return row!.slices;
}

/**
 * Studies with slices that a model has not predicted yet, ordered by id: those behind `after`, `take` at most.
 * A job goes through them once, so a study that cannot be predicted does not come again before the next job.
 */
export function unpredictedStudies(
  model: PredictingModel,
  { after, take }: { after: string | null; take: number },
): Promise<{ id: string }[]> {
  const behind = after === null ? Prisma.empty : Prisma.sql`AND t."id" > ${after}::uuid`;
  return database().$queryRaw`
    SELECT t."id" ${unpredicted(model)} ${behind} ORDER BY t."id" LIMIT ${take}`;
}
