"use server";

import { action } from "@/app/_server/action";
import { cancelJob } from "@/lib/features/jobs/cancel-job";
import { JobId } from "@/lib/features/jobs/schema";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";

export const requestTrainingAction = action(RequestTraining, requestTraining);
export const cancelRunAction = action(JobId, cancelJob);
