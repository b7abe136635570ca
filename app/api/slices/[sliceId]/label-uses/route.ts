import { cachedJson } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { labelUses } from "@/lib/features/lineage/label-uses";
import { SliceId } from "@/lib/features/studies/schema";

/** In which snapshots, runs and models each label version of a slice was used. */
export const GET = route(SliceId, async (actor, input, request) =>
  cachedJson(request, await labelUses(actor, input)),
);
