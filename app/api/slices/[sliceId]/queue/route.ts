import { cachedJson } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { findQueuePlace } from "@/lib/features/flags/find-queue-place";
import { FlagFilter } from "@/lib/features/flags/schema";
import { SliceId } from "@/lib/features/studies/schema";

/** Where a slice stands among the flagged slices of a filter: see `QueuePlace`. */
export const GET = route(FlagFilter.extend(SliceId.shape), async (actor, input, request) =>
  cachedJson(request, await findQueuePlace(actor, input)),
);
