import { cachedJson } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { nextFlagged } from "@/lib/features/flags/next-flagged";
import { SliceId } from "@/lib/features/studies/schema";

/** The place of the flagged slice to read after this one; `null` where none is left. */
export const GET = route(SliceId, async (actor, input, request) =>
  cachedJson(request, await nextFlagged(actor, input)),
);
