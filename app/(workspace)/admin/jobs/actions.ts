"use server";
import { action } from "@/app/_server/action";
import { cancelJob } from "@/lib/features/jobs/cancel-job";
import { JobId } from "@/lib/features/jobs/schema";

export const cancelJobAction = action(JobId, cancelJob);
