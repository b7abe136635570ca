import { type Transaction, transaction } from "@/lib/platform/database";
import { notifyChange } from "@/lib/platform/jobs";
import type { AsWritten } from "@/lib/platform/message";
import type { ImageProblem } from "@/lib/science/imaging/image-problem";
import { refreshFlags } from "../flags/refresh-flags";

export interface NewPrediction {
  sliceId: string;
  /** Calibrated P(tumor), 0 to 1. */
  pTumor: number;
  /** The same, had the study no other slice; null for a model that looks at no neighbours. */
  pTumorAlone: number | null;
  /** Standard deviation over the model's heads of what each makes of the slice; null for one head. */
  headSpread: number | null;
  /** Key of the proposed mask in the object store; null where empty or none is proposed. */
  maskSha256: string | null;
  /** Pixels of the proposed mask; null where the model's base proposes none. */
  areaPixels: number | null;
}

/** What a model says of one study. */
export interface NewStudyPrediction {
  studyId: string;
  predictions: NewPrediction[];
  /** Slices that could not be predicted, and why. */
  failures?: NewFailure[];
}

/** Why a slice could not be predicted: what is wrong with its file. */
export type FailureReason = { code: "slice-unreadable"; file: string; why: ImageProblem | AsWritten };

export interface NewFailure {
  sliceId: string;
  reason: FailureReason;
}

/**
 * Writes a model's predictions of a study's slices, what they add up to and the flags they raise, in the caller's
 * transaction. They replace earlier ones: a slice that is added to a study later changes the predictions of its
 * neighbours. Safe to repeat: the same model and slices give the same predictions.
 *
 * At and above `threshold` a slice is predicted to be tumor; the confidence is the probability of the predicted class.
 */
export async function savePredictions(
  db: Transaction,
  model: { id: string; threshold: number },
  { studyId, predictions, failures = [] }: NewStudyPrediction,
): Promise<void> {
  // First the study's row, as every writer of a study does: see refreshFlags.
  await db.$queryRaw`SELECT 1 FROM "Study" WHERE "id" = ${studyId}::uuid FOR NO KEY UPDATE`;
  const sliceIds = predictions.map(({ sliceId }) => sliceId);
  await db.prediction.deleteMany({ where: { modelId: model.id, sliceId: { in: sliceIds } } });
  await db.prediction.createMany({
    skipDuplicates: true,
    data: predictions.map(({ sliceId, pTumor, pTumorAlone, headSpread, maskSha256, areaPixels }) => {
      const tumor = pTumor >= model.threshold;
      return {
        sliceId,
        modelId: model.id,
        pTumor,
        pTumorAlone,
        headSpread,
        predictedClass: tumor ? ("TUMOR" as const) : ("NO_TUMOR" as const),
        confidence: tumor ? pTumor : 1 - pTumor,
        maskSha256,
        areaPixels,
      };
    }),
  });
  await recordFailures(db, model.id, sliceIds, failures);
  await sumUpStudy(db, model.id, studyId);
  await refreshFlags(db, { studyId, modelId: model.id });
}

/** Writes a model's predictions of a study as `savePredictions` does, and tells open pages. */
export async function storePredictions(
  model: { id: string; threshold: number },
  study: NewStudyPrediction,
): Promise<void> {
  await transaction(async (db) => {
    await savePredictions(db, model, study);
    await notifyChange(db, "prediction", study.studyId);
  });
}

/*
 * The states of a slice under a model: what its rows in `Prediction` and `PredictionFailure` say.
 *
 * Not tried: no row. The next prediction job takes it.
 * Predicted: a prediction and no failure. Entered when its study is predicted. It is replaced when the study is
 *   predicted again, since a new neighbour changes it. It ends with the model's rejection, after the days of grace.
 * Failed: a failure, with the reason and the number of attempts. Entered when the slice's file cannot be read; the
 *   other slices of the study are predicted without it. Every later job tries again: success removes the failure and
 *   makes the prediction, another failure raises `attempts`. System health counts the failures of the model in
 *   production.
 * Failed, with an older prediction: its study was predicted again, because slices were added, and its file could no
 *   longer be read. The older prediction stays, and the slice is tried again with the next change of its study.
 */
async function recordFailures(
  db: Transaction,
  modelId: string,
  predicted: string[],
  failures: NonNullable<NewStudyPrediction["failures"]>,
): Promise<void> {
  await db.predictionFailure.deleteMany({ where: { modelId, sliceId: { in: predicted } } });
  if (failures.length === 0) return;
  await db.$executeRaw`
    INSERT INTO "PredictionFailure" ("modelId", "sliceId", "reason")
    SELECT ${modelId}::uuid, f."sliceId", f."reason"
    FROM unnest(
      ${failures.map(({ sliceId }) => sliceId)}::uuid[], ${failures.map(({ reason }) => JSON.stringify(reason))}::jsonb[]
    ) AS f("sliceId", "reason")
    ON CONFLICT ("modelId", "sliceId") DO UPDATE SET
      "reason" = excluded."reason", "attempts" = "PredictionFailure"."attempts" + 1, "at" = now()`;
}

async function sumUpStudy(db: Transaction, modelId: string, studyId: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "StudyPrediction" ("modelId", "studyId", "cohort", "predictedSlices", "tumorSlices",
      "flaggedSlices", "tumorBits")
    SELECT ${modelId}::uuid, s."studyId", pt."cohort", count(p."id"),
      count(*) FILTER (WHERE p."predictedClass" = 'TUMOR'), 0,
      string_agg(CASE WHEN p."predictedClass" = 'TUMOR' THEN '1' ELSE '0' END, '' ORDER BY s."position")::varbit
    FROM "Slice" s
    JOIN "Study" t ON t."id" = s."studyId"
    JOIN "Patient" pt ON pt."id" = t."patientId"
    LEFT JOIN "Prediction" p ON p."sliceId" = s."id" AND p."modelId" = ${modelId}::uuid
    WHERE s."studyId" = ${studyId}::uuid
    GROUP BY s."studyId", pt."cohort"
    HAVING count(p."id") > 0
    ON CONFLICT ("modelId", "studyId") DO UPDATE SET
      "predictedSlices" = excluded."predictedSlices", "tumorSlices" = excluded."tumorSlices",
      "tumorBits" = excluded."tumorBits"`;
}
