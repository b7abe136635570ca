import type { SnapshotSlice } from "@/lib/features/training/read-snapshot";
import { FEATURE_LENGTH } from "@/lib/science/network/head";
import { MASK_SIZE } from "@/lib/science/network/mask-decoder";
import type { LabelledFeatures } from "@/lib/science/training/fit-head";
import { embedSlices } from "./embed-slices";
import type { Inference } from "./inference";
import type { TestSlice } from "./score-slices";

const MASK_LENGTH = MASK_SIZE * MASK_SIZE;

/** Slices of a snapshot with what the base says of them, row by row in the snapshot's order. */
export interface EmbeddedSlices {
  slices: readonly SnapshotSlice[];
  /** `[slices, 8192]` */
  features: Float32Array;
  /** `[slices, 64, 64]`, logits; null where the base proposes no masks */
  maskLogits: Float32Array | null;
  /** `[slices]`, the base's own class score, logits; null where it has none */
  gapLogits: Float32Array | null;
}

/** Reads slices' features from the cache; one that is missing or damaged there is made anew. */
export async function readEmbedded(
  inference: Inference,
  slices: readonly SnapshotSlice[],
  signal: AbortSignal,
): Promise<EmbeddedSlices> {
  const features = new Float32Array(slices.length * FEATURE_LENGTH);
  const maskLogits = inference.gives("mask") ? new Float32Array(slices.length * MASK_LENGTH) : null;
  const gapLogits = inference.gives("gap") ? new Float32Array(slices.length) : null;
  let row = 0;
  for await (const window of embedSlices(inference, slices, signal)) {
    for (const { embedding } of window) {
      features.set(embedding.features, row * FEATURE_LENGTH);
      maskLogits?.set(embedding.maskLogits!, row * MASK_LENGTH);
      if (gapLogits) gapLogits[row] = embedding.gapLogit!;
      row++;
    }
  }
  return { slices, features, maskLogits, gapLogits };
}

/** The slices of one split, with their features and truth. */
export function labelledFeatures(
  { slices, features }: EmbeddedSlices,
  split: SnapshotSlice["split"],
): LabelledFeatures {
  const rows = slices.flatMap((slice, row) => (slice.split === split ? [row] : []));
  const own = new Float32Array(rows.length * FEATURE_LENGTH);
  for (const [at, row] of rows.entries()) own.set(featuresOf(features, row), at * FEATURE_LENGTH);
  return { features: own, truth: Uint8Array.from(rows, (row) => slices[row]!.truth) };
}

/** The test slices, as they are scored. */
export function testSlices({ slices, features, maskLogits }: EmbeddedSlices): TestSlice[] {
  return slices.flatMap((slice, row) =>
    slice.split === "TEST"
      ? [
          {
            slice,
            features: featuresOf(features, row),
            maskLogits: maskLogits?.subarray(row * MASK_LENGTH, (row + 1) * MASK_LENGTH) ?? null,
          },
        ]
      : [],
  );
}

const featuresOf = (features: Float32Array, row: number) =>
  features.subarray(row * FEATURE_LENGTH, (row + 1) * FEATURE_LENGTH);
