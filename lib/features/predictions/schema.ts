import { z } from "zod";
import type { FlagReason, LabelClass } from "@/lib/platform/generated/enums";

export const flagReasons = ["LOW_CONFIDENCE", "MODEL_DISAGREES"] as const;

export const ListFlagged = z.strictObject({
  reason: z.enum(["ANY", ...flagReasons]).default("ANY"),
  cohort: z.enum(["ANY", "REAL", "PHANTOM"]).default("ANY"),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});

/** A slice that needs eyes, most doubtful first. */
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

export interface FlaggedList {
  rows: FlaggedRow[];
  total: number;
  page: number;
  pages: number;
}
