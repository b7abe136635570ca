import { tooLarge } from "@/lib/platform/errors";

/**
 * A request's whole body, at most `limit` bytes. What a request says of its length is believed only where it says too
 * much: the bytes themselves are counted as they arrive, and reading stops at the limit.
 *
 * Throws `too-large`.
 */
export async function limitedBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const refused = () => tooLarge({ code: "request-too-large", limit });
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw refused();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > limit) {
      await reader.cancel();
      throw refused();
    }
    chunks.push(value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}
