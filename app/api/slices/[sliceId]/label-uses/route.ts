import { cachedJson } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { SliceId } from "@/lib/features/studies/schema";
import { labelUses } from "@/lib/features/training/label-uses";

/** In which snapshots, runs and models each label version of a slice was used. */
export const GET = route(SliceId, async (actor, input, request) =>
  cachedJson(request, await labelUses(actor, input)),
);
