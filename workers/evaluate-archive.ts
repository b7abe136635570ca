import { type MaskTally, tallyMasks } from "@/lib/science/metrics/dice";
import { evaluateSlices, type MetricsReport } from "@/lib/science/metrics/evaluate";
import type { ScoredSlice } from "@/lib/science/metrics/slice-statistics";
import { FEATURE_LENGTH } from "@/lib/science/network/head";
import { MASK_SIZE } from "@/lib/science/network/mask-decoder";
import { openModel } from "./classifier";
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

const maskLength = MASK_SIZE * MASK_SIZE;

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
  let done = 0;
  try {
    for await (const window of archive.windows()) {
      if (window.length > 0) {
        const { features, maskLogits } = await inference.embed(
          concatenate(window.map((slice) => slice.input)),
        );
        if (features.length !== window.length * FEATURE_LENGTH)
          throw new Error("the network left slices out");
        const probabilities = await classifier.predict(features);
        for (const [index, slice] of window.entries()) {
          rows.push({ patient: slice.patientKey, truth: slice.truth, p: probabilities[index]! });
          if (slice.mask && maskLogits) {
            const logits = maskLogits.subarray(index * maskLength, (index + 1) * maskLength);
            tallyMasks(masks, slice.patientKey, proposedMask(logits, slice.rows, slice.columns), slice.mask);
          }
        }
      }
      done += window.length;
      onProgress(done, archive.total);
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

function concatenate(inputs: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(inputs.reduce((length, input) => length + input.length, 0));
  let offset = 0;
  for (const input of inputs) {
    all.set(input, offset);
    offset += input.length;
  }
  return all;
}
