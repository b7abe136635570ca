import { type MaskTally, tallyMasks } from "@/lib/science/metrics/dice";
import { evaluateSlices, type MetricsReport } from "@/lib/science/metrics/evaluate";
import type { ScoredSlice } from "@/lib/science/metrics/slice-statistics";
import type { EmbeddedArchiveSlice } from "../embedding/embedded-archive";
import { proposedMask } from "../embedding/proposed-mask";
import type { Classifier } from "./classifier";

/**
 * A classifier's figures at its threshold on the labelled slices of an archive's studies, each judged among all slices
 * of its study.
 */
export async function scoreArchive(
  classifier: Classifier,
  threshold: number,
  studies: AsyncIterable<EmbeddedArchiveSlice[]> | Iterable<EmbeddedArchiveSlice[]>,
): Promise<MetricsReport> {
  const rows: ScoredSlice[] = [];
  const masks: MaskTally = new Map();
  for await (const study of studies) {
    const verdicts = await classifier.predictStudy(study);
    for (const [index, { patientKey, truth, mask, embedding, ...slice }] of study.entries()) {
      if (truth === null) continue;
      rows.push({ patient: patientKey, truth, p: verdicts[index]!.pTumor });
      if (mask && embedding.maskLogits)
        tallyMasks(masks, patientKey, proposedMask(embedding.maskLogits, slice.rows, slice.columns), mask);
    }
  }
  return evaluateSlices(rows, threshold, { masks });
}
