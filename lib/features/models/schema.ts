import { z } from "zod";
import type { Cohort, DecisionKind, LabelClass, ModelState } from "@/lib/platform/generated/enums";
import type { JobView } from "@/lib/records/job-view";
import type { RunNote } from "@/lib/records/run-notes";
import type { MetricsReport } from "@/lib/science/metrics/evaluate";
import type { Figure } from "@/lib/science/metrics/figure";
import type { GateVerdict } from "@/lib/science/metrics/gate";
import type { PerfectFigure } from "@/lib/science/metrics/on-perfect-figures";
import type { FigureName } from "@/lib/science/metrics/slice-statistics";
import type { BaseView } from "../bases/schema";
import type { PromotionRefusal } from "./refusals";
import type { StoredVerdict } from "./stored-verdict";

export const ModelId = z.strictObject({ modelId: z.uuid() });
const Reason = z.string().trim().min(10, "Say why in a sentence: it stays on the model's page").max(1000);
/** Without a reason, or with an empty one, only what the gate passes is promoted. */
export const PromoteModel = ModelId.extend({ reason: z.union([z.literal(""), Reason]).optional() });
/** `modelId` is the model that leaves production. */
export const RollBackModel = ModelId.extend({ reason: Reason });
export const RejectModel = ModelId.extend({ reason: Reason });
export const RetireModel = ModelId.extend({ reason: z.string().trim().max(1000).optional() });

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

/** A row of the list. */
export interface ListedModel extends ModelRow {
  /** What the gate says of a candidate beside production; null for other models. */
  gate: GateVerdict["outcome"] | "not-compared" | null;
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
  /** Predicting slices with it, while that is under way. */
  predicting: JobView | null;
  /** Its newest comparison with production, while that is under way or where it failed. */
  comparing: JobView | null;
  /** The number of the model that a rollback goes back to; null where this one is not in production, or there is none. */
  previousNumber: number | null;
}

/** What the test patients of an evaluation allow to be claimed. */
export type TestSetNote = RunNote | PerfectFigure;

/** What a comparison can and cannot say. */
export type ComparisonNote =
  | { code: "no-unseen-patient" }
  | { code: "scored-on-the-same" }
  | { code: "figures-of-card" }
  | { code: "production-not-scored"; number: number }
  | TestSetNote;

/** What a switch of production means beside its figures. */
export type PreviewNote =
  | { code: "labels-stay" }
  | { code: "retires-for-a-click"; number: number }
  | { code: "retires-for-the-gate"; number: number }
  | { code: "made-on-phantoms" }
  | { code: "only-admin" };

/** Candidate and production on the same patients, seen by neither. */
export interface Comparison {
  /** Null where no patient is unseen by both. */
  candidate: EvaluationView | null;
  production: EvaluationView | null;
  productionNumber: number | null;
  /** Candidate minus production with paired intervals; null where they were not compared. */
  differences: Record<FigureName, Figure> | null;
  notes: ComparisonNote[];
}

/** What the gate says of a model beside the one in production now. */
export interface GateView {
  /** Null while the two are to be compared first. */
  verdict: GateVerdict | null;
  productionNumber: number | null;
  /** The model that it was last compared with; null for none. */
  comparedBefore: number | null;
}

/** What was decided of a model, by whom and why. */
export interface DecisionView {
  id: string;
  kind: DecisionKind;
  modelId: string;
  modelNumber: number;
  /** The model whose place it took. */
  previousNumber: number | null;
  /** Null for the command line. */
  decidedBy: string | null;
  reason: string | null;
  /** What the gate said at that moment; null where the decision needs no gate. */
  verdict: StoredVerdict | null;
  /** Whoever asked for its run promoted it, being the only admin. */
  onlyAdmin: boolean;
  createdAt: Date;
}

/** A slice that two models call different classes. */
export interface FlippedSlice {
  sliceId: string;
  studyId: string;
  studyKey: string;
  patientId: string;
  position: number;
  /** What it would be called. */
  after: LabelClass;
  /** Whether the new class or the old one is the current label's; `unlabelled` also where the label cannot tell. */
  agreement: "gained" | "lost" | "unlabelled";
}

export interface FlipCount {
  slices: number;
  /** Of them, slices whose new class is the current label's. */
  gained: number;
  /** Of them, slices whose old class is the current label's. */
  lost: number;
  unlabelled: number;
}

export interface Flips {
  toTumor: FlipCount;
  toNoTumor: FlipCount;
  /** Patients with at least one. */
  patients: number;
  /** The first 50, those that leave the label's side first. */
  first: FlippedSlice[];
}

/** What promoting or rolling back would do, shown before it is done. */
export interface PromotionPreview {
  modelNumber: number;
  productionNumber: number | null;
  /** Slices that it has not predicted yet. */
  lacking: number;
  /** Null where no model is in production. */
  flips: Flips | null;
  /** Why it must not be done; empty where it may. */
  refusals: PromotionRefusal[];
  /** What the gate says; null for a rollback, and while the two are to be compared first. */
  verdict: GateVerdict | null;
  /** It takes a written reason. */
  needsReason: boolean;
  notes: PreviewNote[];
}
