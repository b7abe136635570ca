import { z } from "zod";
import type { FlagReason, LabelClass } from "@/lib/platform/generated/enums";
import { CohortFilter } from "@/lib/records/cohort-filter";
import { Cursor, type Page } from "@/lib/records/pages";
import type { SlicePlace } from "@/lib/records/slice-place";

export const flagReasons = ["LOW_CONFIDENCE", "MODEL_DISAGREES", "NEIGHBOURS_DISAGREE"] as const;

/** Which flags a list or a queue goes through. */
export const FlagFilter = z.strictObject({
  reason: z.enum(["ANY", ...flagReasons]).default("ANY"),
  cohort: CohortFilter,
  /** Test patients only where they are asked for, and where they are not read blind. */
  patients: z.enum(["TRAINING", "TESTING", "ANY"]).default("TRAINING"),
});
export type FlagFilter = z.infer<typeof FlagFilter>;

export const ListFlagged = FlagFilter.extend({ page: Cursor.optional() });

/** A flagged slice among those of a filter, least certain first: what a reader goes through one by one. */
export interface QueuePlace {
  /** The one after it; null at the end. */
  next: SlicePlace | null;
  /** It is flagged itself. */
  isFlagged: boolean;
  /** Flagged slices after it. */
  left: number;
  /** Flagged slices before it: they were skipped, or the reader did not begin with the first. */
  before: number;
}

/** A slice that needs review. */
export interface FlaggedRow {
  sliceId: string;
  studyId: string;
  patientKey: string;
  studyKey: string;
  position: number;
  reasons: FlagReason[];
  pTumor: number;
  confidence: number;
  predictedClass: LabelClass;
  labelClass: LabelClass | null;
}

export interface FlaggedList extends Page<FlaggedRow> {
  /** Slices on all pages. */
  total: number;
  /** The cohort that is shown. */
  cohort: "ANY" | "REAL" | "PHANTOM";
  /** Test patients are read blind: their flags are in no list. */
  testPatientsHidden: boolean;
}
