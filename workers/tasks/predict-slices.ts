import { productionModel } from "@/lib/features/models/find-production";
import { predictSlicesJob } from "@/lib/features/predictions/jobs";
import { refreshFlags } from "@/lib/features/predictions/refresh-flags";
import { type NewPrediction, savePredictions } from "@/lib/features/predictions/save-predictions";
import { slicesLackingPrediction } from "@/lib/features/predictions/slices-lacking-prediction";
import { database, transaction } from "@/lib/platform/database";
import { notifyChange } from "@/lib/platform/jobs";
import { putObject } from "@/lib/platform/storage";
import { maskArea } from "@/lib/science/imaging/mask-area";
import { encodeMask } from "@/lib/science/imaging/mask-rle";
import { FEATURE_LENGTH } from "@/lib/science/network/head";
import { openModel } from "../classifier";
import { embedSlices } from "../embed-slices";
import { openBase } from "../open-base";
import { proposedMask } from "../proposed-mask";
import { task } from "../task";

/** Slices listed from the database at a time. */
const pageSize = 512;

/**
 * Predicts every slice that lacks a prediction of the production model.
 *
 * Safe to repeat: a slice that has its prediction is not listed again. The model is read once at the start, so a
 * promotion in the middle does not mix two models: its own job follows this one.
 */
export const predictSlicesTask = task(predictSlicesJob, async (_, { signal, progress, log }) => {
  const model = await productionModel(database());
  if (!model) return log("no model is in production; nothing to predict with");
  const lacking = slicesLackingPrediction(model);
  const total = await database().slice.count({ where: lacking });
  if (total === 0) return log("every slice has its prediction");

  progress(0, total, `Model ${model.number}: opening the network`);
  const inference = await openBase(model.baseSha256);
  const classifier = await openModel(inference, model);
  const runsBefore = inference.backboneRuns;
  let done = 0;
  try {
    for (;;) {
      // Predicted slices drop out of the list, so each page is the first one.
      const page = await database().slice.findMany({
        where: lacking,
        // A study's slices follow one another, so that a study is complete early.
        orderBy: [{ studyId: "asc" }, { position: "asc" }],
        take: pageSize,
      });
      if (page.length === 0) break;
      for await (const window of embedSlices(inference, page, signal)) {
        const features = new Float32Array(window.length * FEATURE_LENGTH);
        for (const [index, { embedding }] of window.entries()) {
          features.set(embedding.features, index * FEATURE_LENGTH);
        }
        const probabilities = await classifier.predict(features);
        const predictions = await Promise.all(
          window.map(async ({ slice, embedding }, index): Promise<NewPrediction> => {
            const mask = await storeProposal(embedding.maskLogits, slice);
            return { sliceId: slice.id, pTumor: probabilities[index]!, ...mask };
          }),
        );
        const studyIds = [...new Set(window.map(({ slice }) => slice.studyId))];
        await transaction(async (db) => {
          await savePredictions(db, model, predictions);
          await refreshFlags(db, studyIds);
          for (const studyId of studyIds) await notifyChange(db, "prediction", studyId);
        });
        done += window.length;
        progress(done, total, `Model ${model.number}: predicting slices`);
      }
    }
  } finally {
    await classifier.close();
  }
  log(`model ${model.number}: ${done} slices, ${inference.backboneRuns - runsBefore} backbone runs`);
});

/** The proposed mask as a prediction carries it: an empty one has no key, and a base that proposes none no area either. */
async function storeProposal(
  maskLogits: Float32Array | null,
  { rows, columns }: { rows: number; columns: number },
): Promise<Pick<NewPrediction, "maskSha256" | "areaPixels">> {
  if (!maskLogits) return { maskSha256: null, areaPixels: null };
  const mask = proposedMask(maskLogits, rows, columns);
  const areaPixels = maskArea(mask);
  return { maskSha256: areaPixels > 0 ? await putObject(encodeMask(mask, rows, columns)) : null, areaPixels };
}
