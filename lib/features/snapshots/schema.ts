import { z } from "zod";
import type { Cohort, LabelClass, LabelSource, ModelState, Split } from "@/lib/platform/generated/enums";
import { Cursor, type Page } from "@/lib/records/pages";

export const SnapshotId = z.strictObject({ snapshotId: z.uuid() });

/** Slices of the snapshot, in its order: the first one's place and how many. */
export const SliceRange = z.object({ first: z.int().min(0), count: z.int().min(1) });
export type SliceRange = z.infer<typeof SliceRange>;

export const ListSnapshotItems = z.strictObject({
  snapshotId: z.uuid(),
  /** Part of a patient's key. */
  search: z.string().trim().max(100).default(""),
  split: z.enum(["ANY", "TRAIN", "VALIDATION", "TEST"]).default("ANY"),
  source: z.enum(["ANY", "IMPORTED", "MODEL", "HUMAN"]).default("ANY"),
  /** Whose labels; anybody's where it is left out. */
  readerId: z.uuid().optional(),
  /** `yes`: slices alone that have a newer label by now. */
  changed: z.enum(["any", "yes"]).default("any"),
  page: Cursor.optional(),
});

/** Patients, slices and slices with tumor of one split. */
export interface SplitCount {
  split: Split;
  patients: number;
  slices: number;
  tumorSlices: number;
}

/** Labels of a snapshot that one person stated, or an import. */
export interface LabelShare {
  source: LabelSource;
  /** Null for an import. */
  readerId: string | null;
  readerName: string | null;
  labels: number;
}

/** A model as lineage names it. */
export interface ModelLink {
  id: string;
  number: number;
  state: ModelState;
}

/** A run that learned from a snapshot, with what it made. */
export interface RunLink {
  id: string;
  number: number;
  model: ModelLink | null;
}

/** What a run learned from, frozen. */
export interface SnapshotView {
  id: string;
  hash: string;
  cohort: Cohort;
  createdAt: Date;
  split: SplitCount[];
  /** Studies with a labelled slice here. */
  studies: number;
  labelledSlices: number;
  /** Slices of the same studies without a usable label. */
  contextSlices: number;
  /** By who stated them, most first. */
  labels: LabelShare[];
  newestLabelAt: Date | null;
  /** Label versions written to its slices since: what a retraining would add. */
  since: {
    /** Slices whose label here has a newer version by now. */
    changed: number;
    /** Of these, slices whose class is another one by now. */
    changedClass: number;
    /** Context slices that are stated to be tumor or no tumor by now. */
    contextLabelled: number;
  };
  runs: RunLink[];
  /** Models that were scored on its test patients, those of its runs included. */
  evaluated: ModelLink[];
  /** Patients in the actor's scope, ordered by key: the first 500. */
  patients: SnapshotPatient[];
  /** Patients in the actor's scope that are not among these. */
  morePatients: number;
  /** Patients outside the actor's scope. */
  hiddenPatients: number;
}

export interface SnapshotPatient {
  id: string;
  key: string;
  split: Split;
  slices: number;
  tumorSlices: number;
}

/** A labelled slice of a snapshot. */
export interface SnapshotItemRow {
  sliceId: string;
  studyId: string;
  studyKey: string;
  position: number;
  patientId: string;
  patientKey: string;
  split: Split;
  /** The label version that was used. */
  version: number;
  labelClass: LabelClass;
  source: LabelSource;
  /** Null for imported labels. */
  authorName: string | null;
  /** Number of the model whose proposal was accepted. */
  modelNumber: number | null;
  labelledAt: Date;
  /** The slice's newest version by now. */
  newestVersion: number;
}

export interface SnapshotItemList extends Page<SnapshotItemRow> {
  /** Labels on all pages. */
  total: number;
}

/** Whether a snapshot's rows still are what was frozen. */
export interface SnapshotCheck {
  holds: boolean;
  /** What the rows hash to now. */
  recomputed: string;
  items: number;
  contextSlices: number;
}

/** Where a label version was used. */
export interface LabelUse {
  labelId: string;
  snapshotId: string;
  hash: string;
  split: Split;
  frozenAt: Date;
  runs: RunLink[];
}

/** A model's origin, and what came of it. */
export interface ModelLineage {
  snapshot: { id: string; hash: string; createdAt: Date } | null;
  /** Labels that it learned from, was calibrated on and was tested on, by who stated them; empty for a shipped model. */
  labels: LabelShare[];
  /** The model whose weights it goes on from, and that one's, and so on: nearest first. */
  ancestors: ModelLink[];
  /** Models that go on from its weights. */
  descendants: ModelLink[];
  /** Labels by which people accepted its proposals. */
  acceptedLabels: number;
  /** Models that learned from such labels. */
  learnedFromIt: ModelLink[];
}

/** Whose labels models learned from. */
export interface ReaderInModels {
  readerId: string;
  readerName: string;
  models: (ModelLink & { snapshotId: string; labels: number })[];
}
