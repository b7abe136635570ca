import { database } from "@/lib/platform/database";

/**
 * Moments of a training run, each with the change of a row by which a worker tells of it. What is then done is done in
 * the worker's own transaction, so that no test has to be quick.
 */
export const moments = {
  snapshot: `AFTER UPDATE ON "TrainingStep" FOR EACH ROW WHEN (NEW."kind" = 'take-snapshot' AND NEW."beganAt" IS NOT NULL)`,
  embed: `AFTER UPDATE ON "TrainingStep" FOR EACH ROW WHEN (NEW."backboneRuns" > 0)`,
  fit: `AFTER INSERT ON "TrainingEpoch" FOR EACH ROW WHEN (NEW."epoch" = 2)`,
  calibrate: `AFTER UPDATE ON "TrainingStep" FOR EACH ROW WHEN (NEW."kind" = 'finish-model' AND NEW."beganAt" IS NOT NULL)`,
  evaluate: `AFTER UPDATE ON "TrainingRun" FOR EACH ROW WHEN (NEW."phase" = 'evaluate' AND OLD."phase" <> 'evaluate')`,
  register: `AFTER UPDATE ON "TrainingRun" FOR EACH ROW WHEN (NEW."phase" = 'register' AND OLD."phase" <> 'register')`,
} as const;
export type Moment = keyof typeof moments;

/** Has every run cancelled, as a person would, once it reaches a moment; null takes that back. */
export async function cancelWhen(moment: Moment | null): Promise<void> {
  const db = database();
  for (const table of ["TrainingStep", "TrainingEpoch", "TrainingRun"])
    await db.$executeRawUnsafe(`DROP TRIGGER IF EXISTS "cancel_when" ON "${table}"`);
  if (!moment) return;
  const run = moment === "evaluate" || moment === "register" ? `NEW."id"` : `NEW."runId"`;
  await db.$executeRawUnsafe(`
    CREATE OR REPLACE FUNCTION cancel_when() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE "Job" SET "cancelRequestedAt" = clock_timestamp() WHERE "cancelRequestedAt" IS NULL
        AND "id" = (SELECT "jobId" FROM "TrainingRun" WHERE "id" = ${run});
      RETURN NULL;
    END $$`);
  await db.$executeRawUnsafe(
    `CREATE TRIGGER "cancel_when" ${moments[moment]} EXECUTE FUNCTION cancel_when()`,
  );
}
