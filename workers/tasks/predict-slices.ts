import { openBase } from "@/lib/engine/bases/open-base";
import { type Classifier, openModel } from "@/lib/engine/classifier/classifier";
import { embedSlices, type SliceOfWindow } from "@/lib/engine/embedding/embed-slices";
import { proposedMask } from "@/lib/engine/embedding/proposed-mask";
import type { Inference } from "@/lib/engine/inference/inference";
import { predictSlicesJob } from "@/lib/features/predictions/jobs";
import { modelToPredictWith } from "@/lib/features/predictions/model-to-predict-with";
import {
  type NewFailure,
  type NewPrediction,
  type NewStudyPrediction,
  storePredictions,
} from "@/lib/features/predictions/save-predictions";
import { type SliceToPredict, slicesOfStudy } from "@/lib/features/predictions/slices-of-study";
import { countUnpredicted, unpredictedStudies } from "@/lib/features/predictions/unpredicted-studies";
import { asWritten } from "@/lib/platform/message";
import { putObject } from "@/lib/platform/storage";
import { ImageError } from "@/lib/science/imaging/image-problem";
import { maskArea } from "@/lib/science/imaging/mask-area";
import { encodeMask } from "@/lib/science/imaging/mask-rle";
import { task } from "../task";

/** Studies listed from the database at a time. */
const pageSize = 16;

/**
 * Predicts every study in which a slice lacks a prediction of the model in production, or of the one that is named.
 *
 * A slice whose file cannot be read is recorded with the reason, and the others of its study are predicted without it;
 * the next job tries it again. Safe to repeat: a study whose slices all have predictions is not listed again. The model
 * is read once at the start, so a promotion in the middle does not mix two models: its own job follows this one.
 */
export const predictSlicesTask = task(predictSlicesJob, async ({ modelId }, { signal, progress, log }) => {
  const model = await modelToPredictWith(modelId);
  if (!model) return log("there is no model to predict with");
  const total = await countUnpredicted(model);
  if (total === 0) return log("every slice has its prediction");

  const { number } = model;
  const message = { code: "predicting-slices", number } as const;
  progress(0, total, { code: "opening-network", number });
  const inference = await openBase(model.baseSha256);
  const classifier = await openModel(inference, model);
  const counts = { done: 0, backboneRuns: 0, failed: 0 };
  try {
    let after: string | null = null;
    for (;;) {
      const studies = await unpredictedStudies(model, { after, take: pageSize });
      if (studies.length === 0) break;
      for (const { id } of studies) {
        const slices = await slicesOfStudy(id);
        const predicted = await predictStudy({ inference, classifier }, slices, signal, (embedded) =>
          progress(Math.min(total, counts.done + embedded), total, message),
        );
        signal.throwIfAborted();
        await storePredictions(model, { studyId: id, ...predicted });
        counts.done += slices.length;
        counts.backboneRuns += predicted.backboneRuns;
        counts.failed += predicted.failures.length;
        progress(Math.min(total, counts.done), total, message);
      }
      after = studies.at(-1)!.id;
    }
  } finally {
    await classifier.close();
  }
  if (counts.failed > 0)
    progress(total, total, { code: "predicted-but-some", number, failed: counts.failed });
  log(
    `model ${model.number}: ${counts.done} slices, ${counts.backboneRuns} backbone runs, ${counts.failed} failed`,
  );
});

/** Predicts all slices of a study: each is judged among its neighbours. */
async function predictStudy(
  { inference, classifier }: { inference: Inference; classifier: Classifier },
  slices: SliceToPredict[],
  signal: AbortSignal,
  onEmbedded: (slices: number) => void,
): Promise<Pick<Required<NewStudyPrediction>, "predictions" | "failures"> & { backboneRuns: number }> {
  const failures: NewFailure[] = [];
  const embedded: SliceOfWindow<SliceToPredict>[] = [];
  const onUnreadable = ({ id, fileName }: SliceToPredict, error: Error) =>
    failures.push({ sliceId: id, reason: { code: "slice-unreadable", file: fileName, why: whyOf(error) } });
  for await (const window of embedSlices(inference, slices, signal, { onUnreadable })) {
    embedded.push(...window);
    onEmbedded(embedded.length);
  }
  const verdicts = await classifier.predictStudy(
    embedded.map(({ slice, embedding }) => ({ position: slice.position, embedding })),
  );
  const predictions: NewPrediction[] = [];
  for (const [index, { slice, embedding }] of embedded.entries()) {
    const mask = await storeProposal(embedding.maskLogits, slice);
    predictions.push({ sliceId: slice.id, ...verdicts[index]!, ...mask });
  }
  const backboneRuns = embedded.filter(({ backboneRan }) => backboneRan).length;
  return { predictions, failures, backboneRuns };
}

const whyOf = (error: Error) => (error instanceof ImageError ? error.said : asWritten(error.message));

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
