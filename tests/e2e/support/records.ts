import { expect } from "@playwright/test";
import { query, queryOne } from "./installation";

/** Records by the names that paths give them, e.g. `studyId`. */
export type Records = Record<string, string>;

/** Records of the demo, as soon as its import has made them, and a finished training run of our own. */
export async function findRecords(): Promise<Records> {
  await expect
    .poll(async () => (await query(proposedMask)).length, {
      message: "the demo's first study",
      timeout: 150_000,
    })
    .toBe(1);
  const job = await queryOne<{ jobId: string }>(
    `INSERT INTO "Job" ("id", "kind", "payload", "status", "finishedAt")
     VALUES (gen_random_uuid(), 'train-model', '{}', 'DONE', now()) RETURNING "id" AS "jobId"`,
  );
  return {
    ...(await queryOne(proposedMask)),
    ...(await queryOne(`SELECT "id" AS "modelId" FROM "Model" WHERE "state" = 'PRODUCTION'`)),
    ...(await queryOne(`SELECT "id" AS "importId" FROM "Import" ORDER BY "createdAt" LIMIT 1`)),
    ...(await queryOne(`SELECT "id" AS "labelId" FROM "Label" WHERE "maskSha256" IS NOT NULL LIMIT 1`)),
    // Long ago, so that no page counts labels from it; it stays, as no snapshot is ever removed.
    ...(await queryOne(
      `INSERT INTO "Snapshot" ("id", "hash", "cohort", "createdAt")
       VALUES (gen_random_uuid(), repeat('0', 64), 'PHANTOM', '2000-01-01') RETURNING "id" AS "snapshotId"`,
    )),
    ...job,
    ...(await queryOne(
      `INSERT INTO "TrainingRun" ("id", "parameters", "seed", "cohort", "jobId", "finishedAt")
       VALUES (gen_random_uuid(), '{"maxEpochs": 1, "patience": 1}', 1, 'PHANTOM', $1, now()) RETURNING "id" AS "runId"`,
      [job.jobId],
    )),
  };
}

/** Takes away what `findRecords` has made. */
export async function removeRecords({ runId, jobId }: Records): Promise<void> {
  await query(`DELETE FROM "TrainingRun" WHERE "id" = $1`, [runId]);
  await query(`DELETE FROM "Job" WHERE "id" = $1`, [jobId]);
}

const proposedMask = `
  SELECT "Slice"."id" AS "sliceId", "Study"."id" AS "studyId", "Study"."patientId"
  FROM "Prediction"
  JOIN "Model" ON "Model"."id" = "Prediction"."modelId" AND "Model"."state" = 'PRODUCTION'
  JOIN "Slice" ON "Slice"."id" = "Prediction"."sliceId"
  JOIN "Study" ON "Study"."id" = "Slice"."studyId"
  WHERE "Prediction"."maskSha256" IS NOT NULL LIMIT 1`;
