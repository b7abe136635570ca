import { z } from "zod";
import { jobContract } from "@/lib/platform/jobs";

/** Predicts every slice that lacks a prediction of the production model. Queued under one key: see `predictAllKey`. */
export const predictSlicesJob = jobContract("predict-slices", z.strictObject({}));
export const predictAllKey = "predict-slices";

/** Makes the heatmap of a slice for one model. Queued under `explainKey`, so that asking twice is one job. */
export const explainSliceJob = jobContract(
  "explain-slice",
  z.strictObject({ sliceId: z.uuid(), modelId: z.uuid() }),
);
export const explainKey = ({ sliceId, modelId }: { sliceId: string; modelId: string }) =>
  `explain-slice:${sliceId}:${modelId}`;
