import { openBase } from "@/lib/engine/bases/open-base";
import { openModel } from "@/lib/engine/classifier/classifier";
import { scoreBesideProduction } from "@/lib/engine/classifier/score-beside-production";
import { unseenTestSet } from "@/lib/engine/embedding/unseen-test-set";
import { findModelToCompare } from "@/lib/features/models/find-model-to-compare";
import { compareModelJob } from "@/lib/features/models/jobs";
import { storeComparison } from "@/lib/features/models/save-comparison";
import { readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { conflict } from "@/lib/platform/errors";
import { task } from "../task";

/**
 * Scores a model and the one in production on the test patients of the model's snapshot that neither has seen, and keeps
 * both figures and their paired differences.
 *
 * Safe to repeat: what has been compared is left as it is. Production is read once at the start; where another model has
 * taken its place meanwhile, the figures are of the one before, and the gate asks for a comparison with the new one.
 */
export const compareModelTask = task(compareModelJob, async ({ modelId }, { signal, progress, log }) => {
  const found = await findModelToCompare(modelId);
  if (!found.production) return log("there is no other model to compare it with");
  if (found.isCompared) return log("they have been compared already");
  const { model, production, snapshotId } = found;
  const numbers = { number: model.number, production: production.number };

  const seenBy = { baseSha256: model.baseSha256, modelIds: [modelId, production.id] };
  const test = snapshotId
    ? await unseenTestSet(await readSnapshot(snapshotId), { snapshotId, ...seenBy })
    : [];
  if (!snapshotId || test.length === 0) throw conflict({ code: "no-patient-unseen-by-both", ...numbers });

  progress(0, 1, { code: "scoring-models", ...numbers });
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
  await storeComparison(modelId, snapshotId, scored);
  log(
    `model ${model.number} compared with model ${production.number} on ${scored.metrics.patients} patients`,
  );
});
