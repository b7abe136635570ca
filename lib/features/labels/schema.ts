import { z } from "zod";
import type { LabelView } from "@/lib/records/label-view";

/** What a person may state of a slice. */
export const labelClasses = ["TUMOR", "NO_TUMOR", "CANNOT_TELL"] as const;
export const labelReasons = [
  "MISSED_LESION",
  "NOT_TUMOR",
  "BORDER",
  "PARTIAL_VOLUME",
  "ARTEFACT",
  "MISSING_SEQUENCE",
  "TREATMENT_CHANGE",
  "OTHER_DISEASE",
  "CUT_OFF",
  "OTHER",
] as const;
export type LabelReason = (typeof labelReasons)[number];

const sliceId = z.uuid();
/** The label version on the reader's screen; 0 for none. */
const basedOn = z.number().int().min(0);
const note = z.string().trim().max(1000).optional();
/** Milliseconds the slice was on the screen before this. */
const readingMs = z.number().int().min(0).max(86_400_000).optional();
/** Made by the browser for each save, so that one sent twice becomes one label; a drawing's is its draft's id. */
const saveId = z.uuid();

/** Something that a drawn mask was made from: a label's mask or a model's proposal. */
const MaskSource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("label"), labelId: z.uuid() }),
  z.strictObject({ kind: z.literal("proposal"), modelId: z.uuid() }),
]);
export type MaskSource = z.infer<typeof MaskSource>;
/** All of it; empty where the mask was drawn from nothing. */
const MaskSources = z.array(MaskSource).max(20);

/** The decisions that a reader can send: keep what is on file, use the model's, state a class, save a drawing. */
export const decisionActs = ["keep", "use-model", "state", "draw"] as const;
export type DecisionAct = (typeof decisionActs)[number];

export const SaveLabel = z
  .strictObject({
    sliceId,
    basedOn,
    saveId,
    /** The same for labels that one key saves together. */
    batchId: z.uuid().optional(),
    /** The model whose prediction is on the reader's screen; null without one. */
    modelId: z.uuid().nullable(),
    act: z.enum(decisionActs),
    labelClass: z.enum(labelClasses),
    /** What becomes of the mask: the production model's proposal, the current label's, what was drawn, or none. */
    mask: z.enum(["proposed", "current", "drawn", "none"]),
    /** The drawn mask, run-length encoded (lib/science/imaging/mask-rle.ts) in base64; with `mask: "drawn"` alone. */
    drawn: z.base64().max(4_000_000).optional(),
    /** What the drawn mask was made from; left out where that is not known. With `mask: "drawn"` alone. */
    drawnFrom: MaskSources.optional(),
    reason: z.enum(labelReasons).optional(),
    note,
    readingMs,
  })
  .refine(({ mask, drawn }) => (mask === "drawn") === (drawn !== undefined), {
    path: ["drawn"],
    message: "A drawn mask comes with its pixels, and no other does",
  })
  .refine(({ mask, drawnFrom }) => mask === "drawn" || drawnFrom === undefined, {
    path: ["drawnFrom"],
    message: "Only a drawn mask says what it stems from",
  })
  .refine(({ act, mask }) => masksOf[act].includes(mask), {
    path: ["mask"],
    message: "This decision does not go with this mask",
  })
  // A label that is kept may be an import's, which knows no reasons.
  .refine(({ act, labelClass, reason }) => act === "keep" || labelClass !== "CANNOT_TELL" || reason, {
    path: ["reason"],
    message: "Say why you are unsure",
  });

const masksOf: Readonly<Record<DecisionAct, readonly string[]>> = {
  keep: ["current"],
  // A model that proposes no masks says nothing against the one on file.
  "use-model": ["proposed", "current", "none"],
  state: ["current", "none"],
  // All erased is no mask.
  draw: ["drawn", "none"],
};
export type SaveLabel = z.infer<typeof SaveLabel>;

/** Brings an earlier version's class and mask back, as a new version. */
export const RestoreLabel = z.strictObject({ sliceId, basedOn, saveId, labelId: z.uuid(), note, readingMs });
export type RestoreLabel = z.infer<typeof RestoreLabel>;

/** Takes a decision of one's own back, with those that were saved together with it. `saveId` as for a save. */
export const UndoDecision = z.strictObject({ labelId: z.uuid(), saveId });
export type UndoDecision = z.infer<typeof UndoDecision>;

/** How many decisions can be looked back on. */
export const rememberedDecisions = 20;

/** A decision of one's own. */
export interface DecisionRow {
  label: LabelView;
  sliceId: string;
  studyId: string;
  patientKey: string;
  position: number;
  /** The same for decisions that were saved together. */
  batchId: string | null;
  /** `stands` can be taken back. */
  state: "stands" | "taken-back" | "changed-since";
}

/** The result of an undo. */
export interface UndoneDecision {
  studyId: string;
  /** The slices' newest versions; a withdrawn one where a slice has no label again. */
  undone: { sliceId: string; position: number; label: LabelView }[];
  /** Slices that someone has labelled since: they stay as they are. */
  changedSince: number[];
}

export const LabelId = z.strictObject({ labelId: z.uuid() });

/** What a stroke was made with; the pixels it flipped are in `change`. */
export const strokeTools = [
  "brush",
  "eraser",
  "threshold",
  "polygon",
  "flood",
  "fill-holes",
  "interpolate",
  "copy",
  "accept",
  "clear",
] as const;
export type StrokeTool = (typeof strokeTools)[number];

/** Most strokes of a draft, and most characters of them all together in base64, as they are stored. */
export const mostStrokes = 2_000;
export const mostStrokeCharacters = 8_000_000;

const Stroke = z.strictObject({
  tool: z.enum(strokeTools),
  /** Pixels that the stroke flipped (lib/science/imaging/mask-change.ts), in base64. */
  change: z.base64().max(1_000_000),
  /** Of a stroke that put another mask in the place of the one before: what that mask was made from. */
  from: MaskSources.optional(),
});

export const SaveDraft = z
  .strictObject({
    sliceId,
    /** Made by the browser when the drawing begins. */
    id: z.uuid(),
    /** The author's other draft of this slice that this one takes the place of, by the author's choice. */
    replaces: z.uuid().optional(),
    basedOn,
    /** The label whose mask the strokes change; null where they begin on an empty mask. */
    baseLabelId: z.uuid().nullable(),
    /** Raised with every change. */
    revision: z.number().int().min(1).max(2_000_000_000),
    /** The stored revisions that this one may go on from; any where left out. */
    goesOnFrom: z.array(z.number().int()).max(200).optional(),
    strokes: z.array(Stroke).max(mostStrokes),
    /** Strokes that stand, from the first; those after were undone. */
    done: z.number().int().min(0),
  })
  .refine(({ strokes, done }) => done <= strokes.length, {
    path: ["done"],
    message: "More strokes than there are",
  });
export type SaveDraft = z.infer<typeof SaveDraft>;

export const DiscardDraft = z.strictObject({ sliceId, id: z.uuid() });

/** One's own strokes on a slice that are not a label yet. */
export interface DraftView {
  id: string;
  sliceId: string;
  basedOn: number;
  baseLabelId: string | null;
  revision: number;
  strokes: z.infer<typeof Stroke>[];
  done: number;
  updatedAt: Date;
}

/** `besides`: the study that is open. */
export const OtherDrafts = z.strictObject({ besides: z.uuid().optional() });
export type OtherDrafts = z.infer<typeof OtherDrafts>;

/** One's own drawings that are no labels yet, in all studies but the open one. */
export interface UnsavedDrawings {
  /** The newest ones, newest first. */
  drawings: { sliceId: string; studyId: string; patientKey: string; position: number; updatedAt: Date }[];
  /** All of them. */
  total: number;
}

/** Someone else who is drawing on a slice. */
export interface DrawingView {
  sliceId: string;
  authorName: string;
  updatedAt: Date;
}

/** What is being drawn in a study. */
export interface StudyDrafts {
  own: DraftView[];
  others: DrawingView[];
}
