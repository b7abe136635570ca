import { createHash } from "node:crypto";

/** Content that an ETag names. `immutable` content is never asked for again; the other is asked for each time. */
export interface Cached {
  bytes: Uint8Array;
  etag: string;
  contentType: string;
  immutable: boolean;
  headers?: Record<string, string>;
}

/** Answers with the bytes, or with 304 where the client has them. Private: what one person may see stays with them. */
export function cached(request: Request, { bytes, etag, contentType, immutable, headers }: Cached): Response {
  const common = {
    ETag: `"${etag}"`,
    "Cache-Control": immutable ? "private, max-age=31536000, immutable" : "private, no-cache",
    // A browser that another person signs in to must ask again.
    Vary: "Cookie",
    ...headers,
  };
  const known = request.headers.get("if-none-match")?.split(/,\s*/) ?? [];
  if (known.some((one) => one.replace(/^W\//, "") === common.ETag)) {
    return new Response(null, { status: 304, headers: common });
  }
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { ...common, "Content-Type": contentType, "Content-Length": String(bytes.byteLength) },
  });
}

/** A value as JSON, named by its own hash: who has it already is told so and gets no body. */
export function cachedJson(request: Request, value: unknown): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(value ?? null));
  const etag = createHash("sha256").update(bytes).digest("base64url").slice(0, 27);
  return cached(request, { bytes, etag, contentType: "application/json", immutable: false });
}
