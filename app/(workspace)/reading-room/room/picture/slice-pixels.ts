import { LRUCache } from "lru-cache";

/** A slice's image as the server sends it: `[rows, columns, 3]`, row by row, a byte a channel. */
export interface SlicePixels {
  bytes: Uint8Array;
  rows: number;
  columns: number;
}

/** Pixels kept in memory, in bytes: 500 slices of 256 x 256 are 94 MiB. */
const keptBytes = 128 * 2 ** 20;

/**
 * Pixels by slice, of `maxBytes` together at most; the least recently used are let go. What is on its way is finished
 * also where it is let go meanwhile: whoever asked for it gets it. A failure is not kept.
 */
export function pixelCache(maxBytes: number, load: (sliceId: string) => Promise<SlicePixels>) {
  return new LRUCache<string, SlicePixels>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => bytes.length,
    ignoreFetchAbort: true,
    allowStaleOnFetchAbort: true,
    fetchMethod: load,
  });
}

const loads = pixelCache(keptBytes, (sliceId) => fetchPixels(sliceId));

/**
 * Pixels of a slice, fetched once however many views ask; the least recently used are let go.
 *
 * Throws with a sentence for the reader where they do not come; the next call tries again.
 */
export async function slicePixels(sliceId: string): Promise<SlicePixels> {
  return loads.forceFetch(sliceId);
}

async function fetchPixels(sliceId: string): Promise<SlicePixels> {
  const response = await fetch(`/api/slices/${sliceId}/pixels`).catch(() => {
    throw new Error("The server could not be reached.");
  });
  if (response.status === 401) throw new Error("Your session has ended: sign in again to see this slice.");
  if (!response.ok) throw new Error("This slice's image could not be loaded.");
  const rows = Number(response.headers.get("X-Rows"));
  const columns = Number(response.headers.get("X-Columns"));
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length === 0 || bytes.length !== rows * columns * 3) {
    throw new Error("This slice's image arrived incomplete.");
  }
  return { bytes, rows, columns };
}

/** One channel of interleaved RGB as an image of its own, `[rows, columns]`. */
export function extractChannel(bytes: Uint8Array, channel: 0 | 1 | 2): Uint8Array {
  const grey = new Uint8Array(bytes.length / 3);
  for (let pixel = 0; pixel < grey.length; pixel++) grey[pixel] = bytes[pixel * 3 + channel]!;
  return grey;
}
