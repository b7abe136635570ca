import { database } from "@/lib/platform/database";
import { type Actor, requirePermission } from "@/lib/records/access";
import { countNewLabels } from "@/lib/records/new-labels";
import { servingModel } from "@/lib/records/serving-model";
import { fineTuningOutlook } from "./fine-tuning-outlook";
import type { TrainingOutlook } from "./schema";

/** What a run could learn from now, by cohort: patients and slices whose current label is tumor or no tumor. */
export async function trainingOutlook(actor: Actor): Promise<TrainingOutlook> {
  requirePermission(actor, "model:read");
  const cohorts = await database().$queryRaw<Omit<LabelledCohort, "newLabels">[]>`
    SELECT t."cohort",
      count(DISTINCT t."patientId")::int AS "patients",
      sum(bit_count(t."statedBits"))::int AS "labelledSlices",
      (count(DISTINCT t."patientId") FILTER (WHERE p."split" = 'TEST'))::int AS "testPatients",
      coalesce(sum(bit_count(t."statedBits")) FILTER (WHERE p."split" = 'TEST'), 0)::int AS "testSlices"
    FROM "Study" t
    JOIN "Patient" p ON p."id" = t."patientId"
    WHERE bit_count(t."statedBits") > 0
    GROUP BY t."cohort"
    ORDER BY t."cohort"`;
  const production = await servingModel();
  return {
    cohorts: await Promise.all(
      cohorts.map(async (own) => ({ ...own, newLabels: await countNewLabels(own.cohort, production) })),
    ),
    fineTuning: await fineTuningOutlook(),
  };
}

type LabelledCohort = TrainingOutlook["cohorts"][number];
