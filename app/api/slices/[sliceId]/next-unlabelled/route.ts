import { cachedJson } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { nextUnlabelled } from "@/lib/features/labels/next-unlabelled";
import { SliceId } from "@/lib/features/studies/schema";

/** The place of the slice to label after this one; `null` where every other slice has a label. */
export const GET = route(SliceId, async (actor, input, request) =>
  cachedJson(request, await nextUnlabelled(actor, input)),
);
