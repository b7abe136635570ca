import type { MetricsReport } from "@/lib/science/metrics/evaluate";
import { openBase } from "../bases/open-base";
import { embedArchive } from "../embedding/embedded-archive";
import { readLabelledArchive, type SkippedFile } from "../embedding/labelled-archive";
import { openModel } from "./classifier";
import { scoreArchive } from "./score-archive";

export interface ArchiveEvaluation {
  report: MetricsReport;
  /** Patients left out because the model, its base or an ancestor has seen them. */
  seenPatients: number;
  /** Wall-clock seconds of reading, embedding and scoring, for each scored slice. */
  secondsPerSlice: number | null;
  skipped: SkippedFile[];
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
  const startedAt = performance.now();
  let report: MetricsReport;
  try {
    report = await scoreArchive(classifier, model.threshold, embedArchive(archive, inference, onProgress));
  } finally {
    await classifier.close();
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    report,
    seenPatients: archive.leftOut,
    secondsPerSlice: report.slices > 0 ? seconds / report.slices : null,
    skipped: archive.skipped,
  };
}
