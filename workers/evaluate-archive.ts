import { type MaskTally, tallyMasks } from "@/lib/science/metrics/dice";
import { evaluateSlices, type MetricsReport } from "@/lib/science/metrics/evaluate";
import type { ScoredSlice } from "@/lib/science/metrics/slice-statistics";
import { openModel } from "./classifier";
import { embedArchive } from "./embedded-archive";
import { readLabelledArchive } from "./labelled-archive";
import { openBase } from "./open-base";
import { proposedMask } from "./proposed-mask";

export interface ArchiveEvaluation {
  report: MetricsReport;
  /** Patients left out because the model, its base or an ancestor has seen them. */
  seenPatients: number;
  /** Wall-clock seconds of reading, embedding and scoring, for each scored slice. */
  secondsPerSlice: number | null;
  skipped: { file: string; reason: string }[];
}

/**
 * Runs a model on a labelled archive without importing it. Patients that the model, its base or an ancestor has
 * seen are left out; figures are at the model's own operating threshold.
 *
 * Throws `invalid` where the archive cannot be read or holds no labelled slice.
 */
export async function evaluateArchive(
  model: {
    number: number;
    artifactSha256: string;
    baseSha256: string;
    temperature: number;
    threshold: number;
    seenPatients: string[];
  },
  path: string,
  onProgress: (done: number, total: number) => void,
): Promise<ArchiveEvaluation> {
  const archive = await readLabelledArchive(path, new Set(model.seenPatients));
  const inference = await openBase(model.baseSha256);
  const classifier = await openModel(inference, model);
  const begun = performance.now();
  const rows: ScoredSlice[] = [];
  const masks: MaskTally = new Map();
  try {
    for await (const study of embedArchive(archive, inference, onProgress)) {
      const verdicts = await classifier.predictStudy(study);
      for (const [index, { patientKey, truth, mask, embedding, ...slice }] of study.entries()) {
        if (truth === null) continue;
        rows.push({ patient: patientKey, truth, p: verdicts[index]!.pTumor });
        if (mask && embedding.maskLogits)
          tallyMasks(masks, patientKey, proposedMask(embedding.maskLogits, slice.rows, slice.columns), mask);
      }
    }
  } finally {
    await classifier.close();
  }
  const seconds = (performance.now() - begun) / 1_000;
  return {
    report: evaluateSlices(rows, model.threshold, { masks }),
    seenPatients: archive.leftOut,
    secondsPerSlice: rows.length > 0 ? seconds / rows.length : null,
    skipped: archive.skipped,
  };
}
