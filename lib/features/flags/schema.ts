import { z } from "zod";
import type { FlagReason, LabelClass } from "@/lib/platform/generated/enums";
import { CohortFilter } from "@/lib/records/cohort-filter";
import { Cursor, type Page } from "@/lib/records/pages";

export const flagReasons = ["LOW_CONFIDENCE", "MODEL_DISAGREES"] as const;

export const ListFlagged = z.strictObject({
  reason: z.enum(["ANY", ...flagReasons]).default("ANY"),
  cohort: CohortFilter,
  page: Cursor.optional(),
});

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
}
