"use server";
import { action } from "@/app/_server/action";
import { markSeen } from "@/lib/features/jobs/mark-seen";
import { retryJob } from "@/lib/features/jobs/retry-job";
import { JobId, MarkSeen } from "@/lib/features/jobs/schema";
import { cancelAnyJob } from "@/lib/features/system/cancel-any-job";

export const cancelJobAction = action(JobId, cancelAnyJob);
export const retryJobAction = action(JobId, retryJob);
export const markSeenAction = action(MarkSeen, markSeen);
