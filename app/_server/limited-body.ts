import { tooLarge, tooSlow } from "@/lib/platform/errors";

/** A body may pause for so long, and take so long in all: the largest one comes over 1 Mbit/s. */
const usualPatience = { pauseMs: 20_000, totalMs: 120_000 };

/**
 * A request's whole body, at most `limit` bytes. What a request says of its length is believed only where it says too
 * much: the bytes themselves are counted as they arrive, and reading stops at the limit. A body that stands still, or
 * drips, is given up: it would hold memory and a connection for as long as its sender likes.
 *
 * Throws `too-large` and `too-slow`.
 */
export async function limitedBody(
  request: Request,
  limit: number,
  { pauseMs, totalMs } = usualPatience,
): Promise<Uint8Array<ArrayBuffer>> {
  const refused = () => tooLarge({ code: "request-too-large", limit });
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw refused();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  const end = performance.now() + totalMs;
  while (reader) {
    const waitMs = Math.min(pauseMs, end - performance.now());
    const read = await within(waitMs, reader.read());
    if (!read) {
      await reader.cancel();
      throw tooSlow({ code: "request-too-slow" });
    }
    const { done, value } = read;
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

/** What `work` gives within so many milliseconds; null where it does not come in time. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), Math.max(0, ms));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
