import { database } from "@/lib/platform/database";
import { Prisma } from "@/lib/platform/generated/client";
import { type Actor, slicesReadableBy } from "@/lib/records/access";
import { readsBlind } from "@/lib/records/blind-reading";
import { patientScope } from "@/lib/records/patient-scope";
import type { FlippedSlice, Flips } from "./schema";

/** Flipped slices that are named; the others are counted. */
const named = 50;

interface Counts {
  patients: number;
  /** Studies whose slices are named. */
  firstStudyIds: string[];
  toTumor: number;
  toTumorGained: number;
  toTumorLost: number;
  toNoTumor: number;
  toNoTumorGained: number;
  toNoTumorLost: number;
}

/**
 * The slices, in the actor's scope, that one model predicts as another class than the model in production: how many in
 * each direction, and how many of them agree with the current label. Slices that would leave the label's side are named
 * first. Slices of test patients that are read blind count, and are not named.
 *
 * Each study keeps one bit a slice of what a model predicts and of what the labels say, so that two models are compared
 * by a row for each study. A study counts once both models have predicted all its slices.
 */
export async function countFlips(
  actor: Actor,
  { modelId, productionId }: { modelId: string; productionId: string },
): Promise<Flips> {
  const blind = await readsBlind(database());
  const [totals] = await database().$queryRaw<Counts[]>`
    WITH "flips" AS MATERIALIZED (${bitsOfStudies(actor, { modelId, productionId, blind })})
    SELECT ARRAY(
        SELECT "studyId" FROM "flips" WHERE NOT "hidden"
        ORDER BY bit_count(("up" & "stated" & ~"tumor") | ("down" & "tumor")) = 0, "key", "studyId"
        LIMIT ${named}
      ) AS "firstStudyIds",
      count(DISTINCT "patientId")::int AS "patients",
      coalesce(sum(bit_count("up")), 0)::int AS "toTumor",
      coalesce(sum(bit_count("up" & "tumor")), 0)::int AS "toTumorGained",
      coalesce(sum(bit_count("up" & "stated" & ~"tumor")), 0)::int AS "toTumorLost",
      coalesce(sum(bit_count("down")), 0)::int AS "toNoTumor",
      coalesce(sum(bit_count("down" & "stated" & ~"tumor")), 0)::int AS "toNoTumorGained",
      coalesce(sum(bit_count("down" & "tumor")), 0)::int AS "toNoTumorLost"
    FROM "flips"`;
  const t = totals!;
  return {
    toTumor: countOf(t.toTumor, t.toTumorGained, t.toTumorLost),
    toNoTumor: countOf(t.toNoTumor, t.toNoTumorGained, t.toNoTumorLost),
    patients: t.patients,
    first: await firstFlips(actor, { modelId, productionId }, t.firstStudyIds),
  };
}

const countOf = (slices: number, gained: number, lost: number) => ({
  slices,
  gained,
  lost,
  unlabelled: slices - gained - lost,
});

/** Studies with flips: bits of slices that become tumor (`up`) and no tumor (`down`), and what their labels say. */
function bitsOfStudies(
  actor: Actor,
  { modelId, productionId, blind }: { modelId: string; productionId: string; blind: boolean },
): Prisma.Sql {
  return Prisma.sql`
    SELECT t."id" AS "studyId", t."patientId", t."key",
      ${blind} AND pt."split" IS NOT DISTINCT FROM 'TEST' AND t."correctedSlices" < t."sliceCount" AS "hidden",
      n."tumorBits" & ~o."tumorBits" AS "up", o."tumorBits" & ~n."tumorBits" AS "down",
      t."statedBits" AS "stated", t."tumorBits" AS "tumor"
    FROM "StudyPrediction" o
    JOIN "StudyPrediction" n ON n."studyId" = o."studyId" AND n."modelId" = ${modelId}::uuid
    JOIN "Study" t ON t."id" = o."studyId"
    JOIN "Patient" pt ON pt."id" = t."patientId"
    WHERE o."modelId" = ${productionId}::uuid AND ${patientScope(actor, Prisma.sql`t."patientId"`)}
      AND o."predictedSlices" = t."sliceCount" AND n."predictedSlices" = t."sliceCount"
      AND o."tumorBits" <> n."tumorBits"`;
}

async function firstFlips(
  actor: Actor,
  models: { modelId: string; productionId: string },
  studyIds: string[],
): Promise<FlippedSlice[]> {
  const slices = await database().slice.findMany({
    where: { AND: [slicesReadableBy(actor), { studyId: { in: studyIds } }] },
    select: {
      id: true,
      position: true,
      study: { select: { id: true, key: true, patientId: true } },
      currentLabel: { select: { labelClass: true } },
      predictions: {
        where: { modelId: { in: [models.modelId, models.productionId] } },
        select: { modelId: true, predictedClass: true },
      },
    },
    orderBy: [{ study: { key: "asc" } }, { position: "asc" }],
  });
  const flips = slices.flatMap(({ id, position, study, currentLabel, predictions }): FlippedSlice[] => {
    const classBy = (modelId: string) =>
      predictions.find((prediction) => prediction.modelId === modelId)?.predictedClass;
    const before = classBy(models.productionId);
    const after = classBy(models.modelId);
    if (!before || !after || before === after) return [];
    const labelClass = currentLabel?.labelClass;
    const agreement = labelClass === after ? "gained" : labelClass === before ? "lost" : "unlabelled";
    const { id: studyId, key: studyKey, patientId } = study;
    return [{ sliceId: id, studyId, studyKey, patientId, position, after, agreement }];
  });
  const rank = { lost: 0, unlabelled: 1, gained: 2 };
  return flips.sort((a, b) => rank[a.agreement] - rank[b.agreement]).slice(0, named);
}
