import { openBase } from "@/lib/engine/bases/open-base";
import { openModel } from "@/lib/engine/classifier/classifier";
import { embedSlices, type SliceOfWindow } from "@/lib/engine/embedding/embed-slices";
import { proposedMask } from "@/lib/engine/embedding/proposed-mask";
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
import { task } from "../task";

/** Studies listed from the database at a time. */
const pageSize = 16;

/**
 * Predicts every study in which a slice lacks a prediction of the production model, or of the one that is named.
 *
 * Safe to repeat: a study whose slices all have theirs is not listed again. The model is read once at the start, so a
 * promotion in the middle does not mix two models: its own job follows this one.
 */
export const predictSlicesTask = task(predictSlicesJob, async ({ modelId }, { signal, progress, log }) => {
  const model = await (modelId
    ? database().model.findUnique({ where: { id: modelId } })
    : productionModel(database()));
  if (!model) return log("no model is in production; nothing to predict with");
  if (model.state === "REJECTED") return log(`model ${model.number} was rejected meanwhile`);
  const lacking = slicesLackingPrediction(model);
  const total = await database().slice.count({ where: lacking });
  if (total === 0) return log("every slice has its prediction");

  const words = `Model ${model.number}: predicting slices`;
  progress(0, total, `Model ${model.number}: opening the network`);
  const inference = await openBase(model.baseSha256);
  const classifier = await openModel(inference, model);
  let done = 0;
  let backboneRuns = 0;
  try {
    for (;;) {
      // Predicted studies drop out of the list, so each page is the first one.
      const studies = await database().study.findMany({
        where: { slices: { some: lacking } },
        orderBy: { id: "asc" },
        take: pageSize,
        select: { id: true },
      });
      if (studies.length === 0) break;
      for (const { id } of studies) {
        // All of them: a slice is judged among its neighbours, and speaks for them in turn.
        const slices = await database().slice.findMany({
          where: { studyId: id },
          orderBy: { position: "asc" },
        });
        const embedded: SliceOfWindow<(typeof slices)[number]>[] = [];
        for await (const window of embedSlices(inference, slices, signal)) {
          embedded.push(...window);
          progress(Math.min(total, done + embedded.length), total, words);
        }
        backboneRuns += embedded.filter(({ backboneRan }) => backboneRan).length;
        const verdicts = await classifier.predictStudy(
          embedded.map(({ slice, embedding }) => ({ position: slice.position, embedding })),
        );
        const predictions: NewPrediction[] = [];
        for (const [index, { slice, embedding }] of embedded.entries()) {
          const mask = await storeProposal(embedding.maskLogits, slice);
          predictions.push({ sliceId: slice.id, ...verdicts[index]!, ...mask });
        }
        signal.throwIfAborted();
        await transaction(async (db) => {
          await savePredictions(db, model, predictions);
          await refreshFlags(db, [id]);
          await notifyChange(db, "prediction", id);
        });
        done += slices.length;
        progress(Math.min(total, done), total, words);
      }
    }
  } finally {
    await classifier.close();
  }
  log(`model ${model.number}: ${done} slices, ${backboneRuns} backbone runs`);
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
