import { z } from "zod";
import type { Cohort } from "@/lib/platform/generated/enums";
import type { StudyRow } from "@/lib/records/study-row";

export const PatientId = z.strictObject({ patientId: z.uuid() });

/** A patient with its studies. */
export interface PatientView {
  id: string;
  key: string;
  site: string;
  cohort: Cohort;
  split: "TRAIN" | "VALIDATION" | "TEST" | null;
  clinical: Record<string, string> | null;
  studies: StudyRow[];
}
