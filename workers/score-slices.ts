import type { SnapshotSlice } from "@/lib/features/training/read-snapshot";
import { getObject } from "@/lib/platform/storage";
import { decodeMaskRuns } from "@/lib/science/imaging/mask-rle";
import { type MaskTally, tallyMasks } from "@/lib/science/metrics/dice";
import { evaluateSlices, type MetricsReport } from "@/lib/science/metrics/evaluate";
import type { ScoredSlice } from "@/lib/science/metrics/slice-statistics";
import { FEATURE_LENGTH } from "@/lib/science/network/head";
import type { Classifier } from "./classifier";
import { proposedMask } from "./proposed-mask";

/** A test slice with what the base says of it. */
export interface TestSlice {
  slice: SnapshotSlice;
  features: Float32Array;
  /** Null where the base proposes no masks. */
  maskLogits: Float32Array | null;
}

/** Slices scored at once. */
const batchSize = 128;

/** A classifier's scores and figures on test slices at its threshold; patients are named by their id. */
export async function scoreSlices(
  classifier: Classifier,
  threshold: number,
  slices: readonly TestSlice[],
  masks: MaskTally,
): Promise<{ rows: ScoredSlice[]; threshold: number; metrics: MetricsReport }> {
  const rows: ScoredSlice[] = [];
  for (let start = 0; start < slices.length; start += batchSize) {
    const batch = slices.slice(start, start + batchSize);
    const features = new Float32Array(batch.length * FEATURE_LENGTH);
    for (const [index, { features: own }] of batch.entries()) features.set(own, index * FEATURE_LENGTH);
    const probabilities = await classifier.predict(features);
    for (const [index, { slice }] of batch.entries()) {
      rows.push({ patient: slice.patientId, truth: slice.truth, p: probabilities[index]! });
    }
  }
  return { rows, threshold, metrics: evaluateSlices(rows, threshold, { masks }) };
}

/** Proposed against stated masks, by patient id. Masks are the base's, so they are the same for all its heads; none where it proposes none. */
export async function tallyTestMasks(slices: readonly TestSlice[]): Promise<MaskTally> {
  const tally: MaskTally = new Map();
  for (const { slice, maskLogits } of slices) {
    if (!slice.hasKnownMask || !maskLogits) continue;
    const truth = slice.maskSha256
      ? decodeMaskRuns(await getObject(slice.maskSha256)).data
      : new Uint8Array(slice.rows * slice.columns);
    tallyMasks(tally, slice.patientId, proposedMask(maskLogits, slice.rows, slice.columns), truth);
  }
  return tally;
}
