import { openBase } from "@/lib/engine/bases/open-base";
import { openModel } from "@/lib/engine/classifier/classifier";
import { scoreBesideProduction } from "@/lib/engine/classifier/score-beside-production";
import { unseenTestSet } from "@/lib/engine/embedding/unseen-test-set";
import { compareModelJob } from "@/lib/features/models/jobs";
import { findComparison } from "@/lib/features/models/judge-model";
import { saveComparison } from "@/lib/features/models/save-comparison";
import { readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { database, transaction } from "@/lib/platform/database";
import { conflict } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { servingModel } from "@/lib/records/serving-model";
import { task } from "../task";

/**
 * Scores a model and the one in production on the test patients of the model's snapshot that neither has seen, and keeps
 * both figures and their paired differences.
 *
 * Safe to repeat: what has been compared is left as it is. Production is read once at the start; where another model has
 * taken its place meanwhile, the figures are of the one before, and the gate asks for a comparison with the new one.
 */
export const compareModelTask = task(compareModelJob, async ({ modelId }, { signal, progress, log }) => {
  const model = await database().model.findUniqueOrThrow({ where: { id: modelId }, include: { run: true } });
  const production = await servingModel(database());
  if (!production || production.id === modelId) return log("there is no other model to compare it with");
  if (await findComparison(database(), model, production.id)) return log("they have been compared already");

  const snapshotId = model.run?.snapshotId;
  const seenBy = { baseSha256: model.baseSha256, modelIds: [modelId, production.id] };
  const test = snapshotId
    ? await unseenTestSet(await readSnapshot(snapshotId), { snapshotId, ...seenBy })
    : [];
  if (!snapshotId || test.length === 0)
    throw conflict(
      `No patient is left that neither model ${model.number} nor ${production.number} has seen.`,
    );

  progress(0, 1, `Scoring models ${model.number} and ${production.number}`);
  const inference = await openBase(model.baseSha256);
  const scored = await scoreBesideProduction(
    inference,
    () => openModel(inference, model),
    model.threshold,
    production,
    test,
    signal,
  );
  signal.throwIfAborted();
  await transaction(async (db) => {
    await saveComparison(db, modelId, snapshotId, scored);
    await notifyChange(db, "model", modelId);
  });
  log(
    `model ${model.number} compared with model ${production.number} on ${scored.metrics.patients} patients`,
  );
});
