import { z } from "zod";
import { jobContract } from "@/lib/platform/jobs";

/** Scores a model and the one in production on the model's frozen test patients. Queued under `compareKey`. */
export const compareModelJob = jobContract("compare-model", z.strictObject({ modelId: z.uuid() }));
export const compareKey = (modelId: string) => `compare-model:${modelId}`;

declare module "@/lib/platform/progress" {
  interface ProgressMessages {
    models: { code: "scoring-models"; number: number; production: number };
  }
}
