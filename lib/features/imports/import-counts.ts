import type { FileProblem, ImportReport } from "./schema";

/** What `sulcus import --json` prints of an import. */
export interface ImportCounts {
  patients: number;
  studies: number;
  slices: number;
  masks: number;
  tumorSlices: number;
  alreadyThere: number;
  conflicts: number;
  rejects: FileProblem[];
}

/** The figures of a report that scripts rely on, and nothing else. */
export function importCounts(report: ImportReport): ImportCounts {
  const { patients, studies, slices, masks, tumorSlices, alreadyThere, conflicts, rejects } = report;
  return { patients, studies, slices, masks, tumorSlices, alreadyThere, conflicts, rejects };
}
