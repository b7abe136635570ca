import { z } from "zod";
import { jobContract } from "@/lib/platform/jobs";

/** Fits a candidate for a training run. */
export const trainModelJob = jobContract("train-model", z.strictObject({ runId: z.uuid() }));
