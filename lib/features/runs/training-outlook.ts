import { database } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";
import { type Actor, requirePermission } from "@/lib/records/access";
import { fineTuningOutlook } from "./fine-tuning-outlook";
import type { TrainingOutlook } from "./schema";

/** What a run could learn from now, by cohort: patients and slices whose current label is tumor or no tumor. */
export async function trainingOutlook(actor: Actor): Promise<TrainingOutlook> {
  requirePermission(actor, "model:read");
  const cohorts = await database().$queryRaw<Omit<LabelledCohort, "newLabels">[]>`
    SELECT t."cohort",
      count(DISTINCT t."patientId")::int AS "patients",
      sum(bit_count(t."statedBits"))::int AS "labelledSlices"
    FROM "Study" t
    WHERE bit_count(t."statedBits") > 0
    GROUP BY t."cohort"
    ORDER BY t."cohort"`;
  return {
    cohorts: await Promise.all(
      cohorts.map(async (own) => ({
        ...own,
        newLabels: (await countNewLabels(own.cohort)) ?? own.labelledSlices,
      })),
    ),
    fineTuning: await fineTuningOutlook(),
  };
}

type LabelledCohort = TrainingOutlook["cohorts"][number];

/** Slices that were labelled since the newest snapshot of a cohort; null where there is no snapshot: all of them. */
async function countNewLabels(cohort: Cohort): Promise<number | null> {
  const snapshot = await database().snapshot.findFirst({
    where: { cohort },
    orderBy: { createdAt: "desc" },
    select: { createdAt: true },
  });
  if (!snapshot) return null;
  return database().label.count({
    where: {
      createdAt: { gt: snapshot.createdAt },
      labelClass: { not: "CANNOT_TELL" },
      currentOf: { some: { study: { cohort } } },
    },
  });
}
