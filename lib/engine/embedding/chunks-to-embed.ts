import type { SliceRange } from "@/lib/features/snapshots/schema";

import type { EmbeddableSlice } from "./embed-slices";

/** Slices that are embedded in one step: some five seconds on two processors at most, less where there are few. */
const largestChunk = 64;
const smallestChunk = 16;
/** So many steps are enough for several workers to share. */
const enoughChunks = 8;

/** Ranges that hold every slice without features, about as many of them each. */
export function chunksToEmbed(
  slices: readonly EmbeddableSlice[],
  isDone: (slice: EmbeddableSlice) => boolean,
): SliceRange[] {
  const missing = slices.flatMap((slice, place) => (isDone(slice) ? [] : [place]));
  const size = Math.min(largestChunk, Math.max(smallestChunk, Math.ceil(missing.length / enoughChunks)));
  const chunks: SliceRange[] = [];
  for (let start = 0; start < missing.length; start += size) {
    const places = missing.slice(start, start + size);
    chunks.push({ first: places[0]!, count: places.at(-1)! - places[0]! + 1 });
  }
  return chunks;
}
