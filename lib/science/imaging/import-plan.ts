import type { TableProblem } from "./parse-csv";
import type { IdentityProblem, SliceIdentity } from "./slice-identity";

/** Why a file, or a table's row, does not fit. Rows are counted from 1. */
export type PlanProblem =
  | { code: "image-empty" }
  | { code: "no-image-format" }
  | IdentityProblem
  | { code: "mask-without-image" }
  | { code: "same-slice"; as: string }
  | { code: "same-mask"; as: string }
  | { code: "table-unreadable"; cause: TableProblem }
  | { code: "table-of-nothing-known" }
  | { code: "row-names-no-image"; row: number; table: string }
  | { code: "row-names-no-mask"; row: number; table: string }
  | { code: "row-says-other-patient"; row: number; table: string; patient: string; study: string }
  | { code: "row-contradicts-row"; row: number; table: string }
  | { code: "row-names-other-mask"; row: number; table: string; named: string; beside: string };

/** A file, or a table's row, and why it does not fit. */
export interface FileProblem {
  file: string;
  reason: PlanProblem;
}

export interface TableText {
  path: string;
  text: string;
}

export interface SlicePlan {
  /** The number in the file's name; without one, the place in the folder's order, from 1. */
  position: number;
  imagePath: string;
  maskPath: string | null;
  /** What the mask table says of the slice; the mask's pixels decide. */
  csvMask: 0 | 1 | null;
}

export interface StudyPlan {
  patientKey: string;
  /** Tells a patient's studies apart: `TCGA_CS_4941_19960909`, or the folder's path. */
  studyFolder: string;
  /** `1996-09-09`, or null where the name has no date. */
  studyDate: string | null;
  /** The contributing site, or null where the name has none. */
  site: string | null;
  /** By position. */
  slices: SlicePlan[];
}

export interface ImportPlan {
  studies: StudyPlan[];
  /** Table rows that contradict the files; the files win. */
  conflicts: FileProblem[];
  /** Second copies of a slice or mask; left out. */
  duplicates: FileProblem[];
  /** Files that cannot be used. */
  rejects: FileProblem[];
  /** Table rows whose files are not there. */
  missing: FileProblem[];
  /** Images that a mask table exists for but does not list. */
  unlisted: string[];
  /** Values of the clinical table by patient key, names in lower case, empty ones left out. */
  clinical: Record<string, Record<string, string>>;
  /** Patients of the clinical table without a file. */
  clinicalUnmatched: string[];
}

/** A slice while the plan is being made. */
export interface PlacedSlice extends SlicePlan {
  identity: SliceIdentity;
  /** A mask table has a row for it. */
  listed: boolean;
}

export interface MaskTable {
  path: string;
  rows: { row: number; patient: string; imagePath: string; maskPath: string; mask: string }[];
}

const collator = new Intl.Collator("en", { numeric: true });

/** Order in which 2 comes before 10; ties by code units, so that it is total. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
