import { z } from "zod";
import { jobContract } from "@/lib/platform/jobs";

/** Predicts every slice that lacks a prediction of the production model. Queued under one key: see `predictAllKey`. */
export const predictSlicesJob = jobContract("predict-slices", z.strictObject({}));
export const predictAllKey = "predict-slices";
