import { z } from "zod";
import { cached } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { readProposedMask } from "@/lib/features/predictions/read-proposed-mask";
import { SliceId } from "@/lib/features/studies/schema";
import { notFound } from "@/lib/platform/errors";

/** `model` is the model whose prediction the page shows. */
const Query = SliceId.extend({ model: z.uuid().optional() });

/** A model's mask (the production model's where none is named), `[rows, columns]` bytes of 0 and 1. */
export const GET = route(Query, async (actor, { sliceId, model }, request) => {
  const mask = await readProposedMask(actor, { sliceId, modelId: model });
  if (!mask) throw notFound({ code: "no-such-proposed-mask" });
  return cached(request, {
    bytes: mask.bytes,
    etag: mask.etag,
    contentType: "application/octet-stream",
    immutable: false,
    headers: {
      "X-Rows": String(mask.rows),
      "X-Columns": String(mask.columns),
      "X-Model": String(mask.modelNumber),
    },
  });
});
