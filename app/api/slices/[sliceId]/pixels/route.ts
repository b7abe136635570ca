import { cached } from "@/app/_server/cached";
import { route } from "@/app/_server/route";
import { readSliceImage } from "@/lib/features/studies/read-slice-image";
import { SliceId } from "@/lib/features/studies/schema";

/** Raw grey values, `[rows, columns, 3]` bytes. A slice's pixels never change. */
export const GET = route(SliceId, async (actor, input, request) => {
  const { bytes, rows, columns, etag } = await readSliceImage(actor, input);
  return cached(request, {
    bytes,
    etag,
    contentType: "application/octet-stream",
    immutable: true,
    headers: { "X-Rows": String(rows), "X-Columns": String(columns) },
  });
});
