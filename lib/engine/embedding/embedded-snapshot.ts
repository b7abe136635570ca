import { type AnySnapshotSlice, isLabelled } from "@/lib/features/snapshots/read-snapshot";
import type { Inference } from "../inference/inference";
import { embedSlices, type SliceEmbedding } from "./embed-slices";

/** A slice of a snapshot, labelled or a neighbour alone, with what the base says of it. */
export interface EmbeddedSlice {
  slice: AnySnapshotSlice;
  embedding: SliceEmbedding;
}

/** The slices of the patients that a model learns from, or of those it is tested on, with their neighbours. */
export function slicesOf(slices: readonly AnySnapshotSlice[], of: "learning" | "test"): AnySnapshotSlice[] {
  const test = new Set(
    slices.filter((slice) => isLabelled(slice) && slice.split === "TEST").map(({ patientId }) => patientId),
  );
  return slices.filter(({ patientId }) => test.has(patientId) === (of === "test"));
}

/** Reads slices' embeddings from the cache; one that is missing or damaged there is made again. */
export async function readEmbedded(
  inference: Inference,
  slices: readonly AnySnapshotSlice[],
  signal: AbortSignal,
): Promise<EmbeddedSlice[]> {
  const embedded: EmbeddedSlice[] = [];
  for await (const window of embedSlices(inference, slices, signal)) embedded.push(...window);
  return embedded;
}
