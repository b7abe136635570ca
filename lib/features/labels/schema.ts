import { z } from "zod";

export const labelClasses = ["TUMOR", "NO_TUMOR", "CANNOT_TELL"] as const;
export const labelReasons = [
  "MISSED_LESION",
  "NOT_TUMOR",
  "BORDER",
  "PARTIAL_VOLUME",
  "ARTEFACT",
  "MISSING_SEQUENCE",
  "TREATMENT_CHANGE",
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

export const SaveLabel = z
  .strictObject({
    sliceId,
    basedOn,
    saveId,
    /** The model whose prediction is on the reader's screen; null without one. */
    modelId: z.uuid().nullable(),
    labelClass: z.enum(labelClasses),
    /** What becomes of the mask: the production model's proposal, the current label's, what was drawn, or none. */
    mask: z.enum(["proposed", "current", "drawn", "none"]),
    /** The drawn mask, run-length encoded (lib/science/imaging/mask-rle.ts) in base64; with `mask: "drawn"` alone. */
    drawn: z.base64().max(4_000_000).optional(),
    reason: z.enum(labelReasons).optional(),
    note,
    readingMs,
  })
  .refine(({ mask, drawn }) => (mask === "drawn") === (drawn !== undefined), {
    path: ["drawn"],
    message: "A drawn mask comes with its pixels, and no other does",
  })
  .refine(({ labelClass, reason }) => labelClass !== "CANNOT_TELL" || reason !== undefined, {
    path: ["reason"],
    message: "Say why it cannot be told",
  });
export type SaveLabel = z.infer<typeof SaveLabel>;

/** Brings an earlier version's class and mask back, as a new version. */
export const RestoreLabel = z.strictObject({ sliceId, basedOn, saveId, labelId: z.uuid(), note, readingMs });
export type RestoreLabel = z.infer<typeof RestoreLabel>;

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
