import { database } from "@/lib/platform/database";
import { keptDays } from "./collect-schema";

/** Rows removed in one statement, so that no lock is held for long. */
const batchSize = 5_000;

/** Predictions of models that were rejected long enough ago, with their flags; how many. A rejection is final, so nobody asks for them. */
export async function collectPredictions({ dryRun }: { dryRun: boolean }): Promise<number> {
  const db = database();
  const models = await db.$queryRaw<{ id: string }[]>`
    SELECT m."id" FROM "Model" m
    WHERE m."state" = 'REJECTED' AND EXISTS (
      SELECT 1 FROM "ModelDecision" d
      WHERE d."modelId" = m."id" AND d."kind" = 'REJECTED'
        AND d."createdAt" < now() - make_interval(days => ${keptDays.prediction}::int))`;
  let removed = 0;
  for (const { id } of models) {
    if (dryRun) {
      removed += await db.prediction.count({ where: { modelId: id } });
      continue;
    }
    // What they add up to goes first: a model without sums is one that has predicted nothing.
    await db.studyPrediction.deleteMany({ where: { modelId: id } });
    await db.predictionFailure.deleteMany({ where: { modelId: id } });
    await db.flag.deleteMany({ where: { modelId: id } });
    for (let last = batchSize; last === batchSize; removed += last) {
      last = await db.$executeRaw`
        DELETE FROM "Prediction" WHERE "id" IN (
          SELECT "id" FROM "Prediction" WHERE "modelId" = ${id}::uuid LIMIT ${batchSize})`;
    }
  }
  return removed;
}
