import { isLabelled, type SnapshotSlice } from "@/lib/features/snapshots/read-snapshot";
import { getObject } from "@/lib/platform/storage";
import { decodeMaskRuns } from "@/lib/science/imaging/mask-rle";
import { type MaskTally, tallyMasks } from "@/lib/science/metrics/dice";
import { evaluateSlices, type MetricsReport } from "@/lib/science/metrics/evaluate";
import type { ScoredSlice } from "@/lib/science/metrics/slice-statistics";
import { groupBy } from "@/lib/science/training/group-by";
import type { EmbeddedSlice } from "../embedding/embedded-snapshot";
import { proposedMask } from "../embedding/proposed-mask";
import type { Classifier } from "./classifier";

/**
 * A classifier's scores and figures at its threshold on the labelled slices, each judged among all slices of its
 * study; patients are named by their id.
 */
export async function scoreStudies(
  classifier: Classifier,
  threshold: number,
  embedded: readonly EmbeddedSlice[],
  masks: MaskTally,
): Promise<{ rows: ScoredSlice[]; threshold: number; metrics: MetricsReport }> {
  const rows: ScoredSlice[] = [];
  for (const study of groupBy(embedded, ({ slice }) => slice.studyId).values()) {
    const verdicts = await classifier.predictStudy(
      study.map(({ slice, embedding }) => ({ position: slice.position, embedding })),
    );
    for (const [index, { slice }] of study.entries()) {
      if (!isLabelled(slice)) continue;
      rows.push({ patient: slice.patientId, truth: slice.truth, p: verdicts[index]!.pTumor });
    }
  }
  return { rows, threshold, metrics: evaluateSlices(rows, threshold, { masks }) };
}

/** Proposed against stated masks, by patient id. Masks are the base's, so they are the same for all its models. */
export async function tallyTestMasks(embedded: readonly EmbeddedSlice[]): Promise<MaskTally> {
  const tally: MaskTally = new Map();
  for (const { slice, embedding } of embedded) {
    if (!isLabelled(slice) || !slice.hasKnownMask || !embedding.maskLogits) continue;
    const proposed = proposedMask(embedding.maskLogits, slice.rows, slice.columns);
    tallyMasks(tally, slice.patientId, proposed, await statedMask(slice));
  }
  return tally;
}

async function statedMask({ maskSha256, rows, columns }: SnapshotSlice): Promise<Uint8Array> {
  return maskSha256 ? decodeMaskRuns(await getObject(maskSha256)).data : new Uint8Array(rows * columns);
}
