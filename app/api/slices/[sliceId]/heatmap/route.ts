import { z } from "zod";
import { cached } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { readHeatmap } from "@/lib/features/predictions/read-heatmap";
import { requestHeatmap } from "@/lib/features/predictions/request-heatmap";
import { SliceId } from "@/lib/features/studies/schema";

const Query = SliceId.extend({ model: z.uuid() });

/** A model's heatmap of a slice as JSON: see `HeatmapView`. It never changes once it is made; until then `null`. */
export const GET = route(Query, async (actor, { sliceId, model }, request) => {
  const heatmap = await readHeatmap(actor, { sliceId, modelId: model });
  if (!heatmap) return null;
  const { etag, ...view } = heatmap;
  return cached(request, {
    bytes: new TextEncoder().encode(JSON.stringify(view)),
    etag,
    contentType: "application/json",
    immutable: true,
  });
});

/** Asks for the production model's heatmap of a slice; one that is not there yet is made by a job. */
export const POST = route(SliceId, requestHeatmap);
