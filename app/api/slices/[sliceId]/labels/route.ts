import { cachedJson } from "@/app/_server/cached";
import { orConflict } from "@/app/_server/or-conflict";
import { route } from "@/app/_server/route";
import { listLabels } from "@/lib/features/labels/list-labels";
import { saveLabel } from "@/lib/features/labels/save-label";
import { SaveLabel } from "@/lib/features/labels/schema";
import { SliceId } from "@/lib/features/studies/schema";

/** Every version of a slice's label, newest first. */
export const GET = route(SliceId, async (actor, input, request) =>
  cachedJson(request, await listLabels(actor, input)),
);

/**
 * Saves the next version. A route rather than a server action: a page's actions run one after the other and behind its
 * navigations, and a save waits for nothing.
 */
export const POST = route(SaveLabel, (actor, input) => orConflict(saveLabel(actor, input)));
