import { z } from "zod";
import { jobContract } from "@/lib/platform/jobs";

/**
 * Predicts every slice that lacks a prediction of a model: of the production model, or of the one that is named.
 * Queued under `predictAllKey`, or `predictKey` of the named one.
 */
export const predictSlicesJob = jobContract(
  "predict-slices",
  z.strictObject({ modelId: z.uuid().optional() }),
);
export const predictAllKey = "predict-slices";
export const predictKey = (modelId: string) => `${predictAllKey}:${modelId}`;

/** Makes the heatmap of a slice for one model. Queued under `explainKey`, so that asking twice is one job. */
export const explainSliceJob = jobContract(
  "explain-slice",
  z.strictObject({ sliceId: z.uuid(), modelId: z.uuid() }),
);
export const explainKey = ({ sliceId, modelId }: { sliceId: string; modelId: string }) =>
  `explain-slice:${sliceId}:${modelId}`;

declare module "@/lib/platform/progress" {
  interface ProgressMessages {
    predictions:
      | { code: "opening-network"; number: number }
      | { code: "predicting-slices"; number: number }
      /** Of its slices, so many could not be read. */
      | { code: "predicted-but-some"; number: number; failed: number };
  }
}
