"use server";
import { action } from "@/app/_server/action";
import { JobId } from "@/lib/features/jobs/schema";
import { cancelAnyJob } from "@/lib/features/system/cancel-any-job";

export const cancelJobAction = action(JobId, cancelAnyJob);
