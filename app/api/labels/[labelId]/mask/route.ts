import { cached } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { readLabelMask } from "@/lib/features/labels/read-label-mask";
import { LabelId } from "@/lib/features/labels/schema";
import { notFound } from "@/lib/platform/errors";

/** A label's mask, `[rows, columns]` bytes of 0 and 1. A label never changes. */
export const GET = route(LabelId, async (actor, input, request) => {
  const mask = await readLabelMask(actor, input);
  if (!mask) throw notFound({ code: "no-such-mask" });
  return cached(request, {
    bytes: mask.bytes,
    etag: mask.etag,
    contentType: "application/octet-stream",
    immutable: true,
    headers: { "X-Rows": String(mask.rows), "X-Columns": String(mask.columns) },
  });
});
