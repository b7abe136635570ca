import { cached } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { readThumbnail } from "@/lib/features/studies/read-thumbnail";
import { SliceId } from "@/lib/features/studies/schema";

/** A small picture of a slice. Its window is the study's, so it changes when the study gains slices. */
export const GET = route(SliceId, async (actor, input, request) => {
  const { bytes, contentType, etag } = await readThumbnail(actor, input);
  return cached(request, { bytes, etag, contentType, immutable: false });
});
