import { route } from "@/app/_server/route";
import { findJob } from "@/lib/features/jobs/find-job";
import { JobId } from "@/lib/features/jobs/schema";

export const GET = route(JobId, findJob);
