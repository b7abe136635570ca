import { productionModel } from "@/lib/features/models/find-production";
import { compareModelJob } from "@/lib/features/models/jobs";
import { findComparison, unseenTestSlices } from "@/lib/features/models/judge-model";
import { saveComparison } from "@/lib/features/models/save-comparison";
import { readSnapshot } from "@/lib/features/training/read-snapshot";
import { database, transaction } from "@/lib/platform/database";
import { conflict } from "@/lib/platform/errors";
import { notifyChange } from "@/lib/platform/jobs";
import { compareModels } from "@/lib/science/metrics/compare";
import { baseNetwork } from "../base-network";
import { openModel } from "../classifier";
import { embedSlices } from "../embed-slices";
import { scoreSlices, type TestSlice, tallyTestMasks } from "../score-slices";
import { task } from "../task";

/**
 * Scores a model and the one in production on the test patients of the model's snapshot that neither has seen, and keeps
 * both figures and their paired differences.
 *
 * Safe to repeat: what has been compared is left as it is. Production is read once at the start; where another model has
 * taken its place meanwhile, the figures are of the one before, and the gate asks for a comparison with the new one.
 */
export const compareModelTask = task(compareModelJob, async ({ modelId }, { signal, progress, log }) => {
  const model = await database().model.findUniqueOrThrow({ where: { id: modelId } });
  const production = await productionModel(database());
  if (!production || production.id === modelId) return log("there is no other model to compare it with");
  if (await findComparison(database(), model, production.id)) return log("they have been compared already");

  const items = await database().snapshotItem.findMany({
    where: await unseenTestSlices(database(), model, production),
    select: { snapshotId: true, sliceId: true },
  });
  const snapshotId = items[0]?.snapshotId;
  if (!snapshotId)
    throw conflict(
      `No patient is left that neither model ${model.number} nor ${production.number} has seen.`,
    );
  const unseen = new Set(items.map(({ sliceId }) => sliceId));
  const slices = (await readSnapshot(snapshotId)).filter(({ sliceId }) => unseen.has(sliceId));

  const total = slices.length;
  progress(0, total, "Opening the network");
  const inference = await baseNetwork();
  const test: TestSlice[] = [];
  for await (const window of embedSlices(inference, slices, signal)) {
    for (const { slice, embedding } of window) test.push({ slice, ...embedding });
    progress(test.length, total, `Scoring models ${model.number} and ${production.number}`);
  }
  const masks = await tallyTestMasks(test);
  const score = async (one: typeof model) => {
    const classifier = await openModel(inference, one);
    try {
      return await scoreSlices(classifier, one.threshold, test, masks);
    } finally {
      await classifier.close();
    }
  };
  const own = await score(model);
  signal.throwIfAborted();
  const other = await score(production);
  signal.throwIfAborted();
  await transaction(async (db) => {
    await saveComparison(db, modelId, snapshotId, {
      metrics: own.metrics,
      production: {
        modelId: production.id,
        metrics: other.metrics,
        differences: compareModels(own, other),
      },
    });
    await notifyChange(db, "model", modelId);
  });
  log(`model ${model.number} compared with model ${production.number} on ${own.metrics.patients} patients`);
});
