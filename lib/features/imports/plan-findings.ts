import type { Archive } from "@/lib/platform/archive-entry";
import type { ImportPlan } from "@/lib/science/imaging/import-plan";
import type { FileProblem } from "./schema";

/** What an archive's list of files and its tables tell, before any image is read. */
export interface PlanFindings {
  conflicts: number;
  conflictExamples: FileProblem[];
  duplicates: number;
  rejects: FileProblem[];
  notes: string[];
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

export function planFindings(archive: Archive, plan: ImportPlan): PlanFindings {
  const ignored = archive.ignored.map(({ path, reason }) => ({ file: path, reason }));
  const rejects = [...plan.rejects, ...ignored];
  const notes: string[] = [];
  if (plan.duplicates.length > 0) {
    const { file, reason } = plan.duplicates[0]!;
    notes.push(`${files(plan.duplicates.length)} left out as second copies, e.g. ${file} (${reason}).`);
  }
  if (plan.missing.length > 0) {
    const { reason } = plan.missing[0]!;
    notes.push(
      `${count(plan.missing.length, "table entry", "table entries")} without a file, e.g. ${reason}.`,
    );
  }
  if (plan.unlisted.length > 0) {
    notes.push(
      `${files(plan.unlisted.length)} not listed in the table, e.g. ${plan.unlisted[0]}; imported all the same.`,
    );
  }
  if (plan.clinicalUnmatched.length > 0) {
    const patients = count(plan.clinicalUnmatched.length, "patient", "patients");
    notes.push(`${patients} of the clinical table without images, e.g. ${plan.clinicalUnmatched[0]}.`);
  }
  if (rejects.length > rejectsNamed) notes.push(`Only the first ${rejectsNamed} rejected files are named.`);
  return {
    conflicts: plan.conflicts.length,
    conflictExamples: plan.conflicts.slice(0, conflictsNamed),
    duplicates: plan.duplicates.length,
    rejects: rejects.slice(0, rejectsNamed),
    notes,
  };
}

function count(number: number, one: string, many: string) {
  return `${number} ${number === 1 ? one : many}`;
}

const files = (number: number) => count(number, "file", "files");
