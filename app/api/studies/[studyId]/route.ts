import { cachedJson } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { findStudy } from "@/lib/features/studies/find-study";
import { StudyId } from "@/lib/features/studies/schema";

/** A study with all its slices as they are now: see `StudyView`. */
export const GET = route(StudyId, async (actor, input, request) =>
  cachedJson(request, await findStudy(actor, input)),
);
