import { database } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";
import { type Actor, requirePermission } from "../users/access";
import { fineTuningOutlook } from "./fine-tuning-outlook";
import type { TrainingOutlook } from "./schema";

/** What a run could learn from now, by cohort: patients and slices whose current label is tumor or no tumor. */
export async function trainingOutlook(actor: Actor): Promise<TrainingOutlook> {
  requirePermission(actor, "model:read");
  const cohorts = await database().$queryRaw<
    { cohort: Cohort; patients: number; labelledSlices: number; newLabels: number }[]
  >`
    SELECT pt."cohort",
      count(DISTINCT pt."id")::int AS "patients",
      count(*)::int AS "labelledSlices",
      count(*) FILTER (WHERE l."createdAt" > coalesce(
        (SELECT max(n."createdAt") FROM "Snapshot" n WHERE n."cohort" = pt."cohort"), '-infinity'
      ))::int AS "newLabels"
    FROM "Slice" s
    JOIN "Study" t ON t."id" = s."studyId"
    JOIN "Patient" pt ON pt."id" = t."patientId"
    JOIN LATERAL (
      SELECT "labelClass", "createdAt" FROM "Label" WHERE "sliceId" = s."id" ORDER BY "version" DESC LIMIT 1
    ) l ON l."labelClass" <> 'CANNOT_TELL'
    GROUP BY pt."cohort"
    ORDER BY pt."cohort"`;
  return { cohorts, fineTuning: await fineTuningOutlook() };
}
