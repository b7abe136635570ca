import { z } from "zod";
import type { Cohort, ModelState } from "@/lib/platform/generated/enums";
import type { MetricsReport } from "@/lib/science/metrics/evaluate";
import type { Figure } from "@/lib/science/metrics/figure";
import type { FigureName } from "@/lib/science/metrics/slice-statistics";
import type { BaseView } from "../bases/schema";

export const ModelId = z.strictObject({ modelId: z.uuid() });

/** Figures of a model on patients it has not seen; see lib/science/metrics/evaluate.ts. */
export interface EvaluationView {
  id: string;
  patients: number;
  slices: number;
  metrics: MetricsReport;
  /** Null where the figures came with a shipped model's card. */
  snapshotId: string | null;
  createdAt: Date;
}

export interface ModelRow {
  id: string;
  number: number;
  state: ModelState;
  cohort: Cohort;
  createdAt: Date;
  promotedAt: Date | null;
  runId: string | null;
  runNumber: number | null;
  /** The newest evaluation, or null where no unseen patient was there to test it on. */
  evaluation: EvaluationView | null;
}

export interface ModelView extends ModelRow {
  artifactSha256: string;
  base: BaseView;
  threshold: number;
  temperature: number;
  /** How many patients it, its base or an ancestor has seen. */
  seenPatients: number;
  card: Record<string, unknown>;
  predictions: number;
}

/** Candidate and production on the same patients, seen by neither. */
export interface Comparison {
  /** Null where no patient is unseen by both. */
  candidate: EvaluationView | null;
  production: EvaluationView | null;
  productionNumber: number | null;
  /** Candidate minus production with paired intervals; null where they were not compared. */
  differences: Record<FigureName, Figure> | null;
  /** Plain sentences: what the comparison can and cannot say. */
  notes: string[];
}

/** What promoting would do, shown before it is done. */
export interface PromotionPreview {
  modelNumber: number;
  productionNumber: number | null;
  /** Slices that will be predicted anew. */
  slices: number;
  /** Why it must not be promoted; empty where it may. */
  refusals: string[];
  notes: string[];
}
