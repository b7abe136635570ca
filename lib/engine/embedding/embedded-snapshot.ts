import { type ContextSlice, readContextSlices } from "@/lib/features/training/read-context-slices";
import { readSnapshot, type SnapshotSlice } from "@/lib/features/training/read-snapshot";
import type { SliceRange } from "@/lib/features/training/stages";
import type { Inference } from "../inference/inference";
import { embedSlices, type SliceEmbedding } from "./embed-slices";

/** A slice of a snapshot, labelled or a neighbour alone, with what the base says of it. */
export interface EmbeddedSlice {
  slice: SnapshotSlice | ContextSlice;
  embedding: SliceEmbedding;
}

/** All slices of a snapshot, or a range of them: the labelled ones, then the neighbours, in orders that never change. */
export async function allSlices(
  snapshotId: string,
  range?: SliceRange,
): Promise<(SnapshotSlice | ContextSlice)[]> {
  const all = [...(await readSnapshot(snapshotId)), ...(await readContextSlices(snapshotId))];
  return range ? all.slice(range.first, range.first + range.count) : all;
}

export const isLabelled = (slice: SnapshotSlice | ContextSlice): slice is SnapshotSlice => "truth" in slice;

/** The slices of the patients that a model learns from, or of those it is tested on, with their neighbours. */
export function slicesOf(
  slices: readonly (SnapshotSlice | ContextSlice)[],
  of: "learning" | "test",
): (SnapshotSlice | ContextSlice)[] {
  const test = new Set(
    slices.filter((slice) => isLabelled(slice) && slice.split === "TEST").map(({ patientId }) => patientId),
  );
  return slices.filter(({ patientId }) => test.has(patientId) === (of === "test"));
}

/** Reads slices' embeddings from the cache; one that is missing or damaged there is made anew. */
export async function readEmbedded(
  inference: Inference,
  slices: readonly (SnapshotSlice | ContextSlice)[],
  signal: AbortSignal,
): Promise<EmbeddedSlice[]> {
  const embedded: EmbeddedSlice[] = [];
  for await (const window of embedSlices(inference, slices, signal)) embedded.push(...window);
  return embedded;
}
