import type { SliceRange } from "@/lib/features/training/stages";
import type { EmbeddableSlice } from "./embed-slices";

/** Slices that are embedded in one step: some ten seconds on two processors. */
const chunkSize = 128;

/** Ranges that hold every slice without features, at most `chunkSize` of them each. */
export function chunksToEmbed(
  slices: readonly EmbeddableSlice[],
  isDone: (slice: EmbeddableSlice) => boolean,
  size = chunkSize,
): SliceRange[] {
  const missing = slices.flatMap((slice, place) => (isDone(slice) ? [] : [place]));
  const chunks: SliceRange[] = [];
  for (let start = 0; start < missing.length; start += size) {
    const places = missing.slice(start, start + size);
    chunks.push({ first: places[0]!, count: places.at(-1)! - places[0]! + 1 });
  }
  return chunks;
}
