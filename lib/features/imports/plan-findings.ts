import type { Archive } from "@/lib/platform/archive-entry";
import type { ImportPlan } from "@/lib/science/imaging/import-plan";
import { type FileProblem, fileProblem, type ImportNote } from "./schema";

/** What an archive's list of files and its tables tell, before any image is read. */
export interface PlanFindings {
  conflicts: number;
  conflictExamples: FileProblem[];
  duplicates: number;
  rejects: FileProblem[];
  notes: ImportNote[];
}

export const noFindings: PlanFindings = {
  conflicts: 0,
  conflictExamples: [],
  duplicates: 0,
  rejects: [],
  notes: [],
};

/** Rejected files that a report names; more are counted in a note. */
export const rejectsNamed = 1_000;
const conflictsNamed = 10;

export function planFindings(
  archive: Archive,
  plan: ImportPlan,
  unreadable: readonly FileProblem[],
): PlanFindings {
  const ignored = archive.ignored.map(({ path, reason }) => fileProblem(path, reason));
  const rejects: FileProblem[] = [...plan.rejects, ...unreadable, ...ignored];
  const notes: ImportNote[] = [];
  if (plan.duplicates.length > 0) {
    const { file, reason } = plan.duplicates[0]!;
    notes.push({ code: "second-copies", files: plan.duplicates.length, file, reason });
  }
  if (plan.missing.length > 0) {
    const { reason } = plan.missing[0]!;
    notes.push({ code: "entries-without-file", entries: plan.missing.length, reason });
  }
  if (plan.unlisted.length > 0) {
    notes.push({ code: "files-not-listed", files: plan.unlisted.length, file: plan.unlisted[0]! });
  }
  if (plan.clinicalUnmatched.length > 0) {
    const [patient] = plan.clinicalUnmatched;
    notes.push({
      code: "patients-without-images",
      patients: plan.clinicalUnmatched.length,
      patient: patient!,
    });
  }
  if (rejects.length > rejectsNamed) notes.push({ code: "rejects-cut", named: rejectsNamed });
  return {
    conflicts: plan.conflicts.length,
    conflictExamples: plan.conflicts.slice(0, conflictsNamed),
    duplicates: plan.duplicates.length,
    rejects: rejects.slice(0, rejectsNamed),
    notes,
  };
}
