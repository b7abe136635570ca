import { cachedJson } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { findDrafts } from "@/lib/features/labels/find-drafts";
import { StudyId } from "@/lib/features/studies/schema";

/** What is being drawn in a study: see `StudyDrafts`. */
export const GET = route(StudyId, async (actor, input, request) =>
  cachedJson(request, await findDrafts(actor, input)),
);
