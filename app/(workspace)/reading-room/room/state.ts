import type { DrawingView } from "@/lib/features/labels/schema";
import type { SliceView, StudyView } from "@/lib/features/studies/schema";
import type { Decision } from "../label/decisions";
import type { ComparedLabels, SliceComparison } from "./compared-masks";
import type { Draft } from "./drawing/draft";
import type { Drawing } from "./drawing/drawing";
import type { PolygonInProgress } from "./drawing/polygon-in-progress";
import { type DrawingTool, defaultToolSettings, type ToolSettings } from "./drawing/tools";
import type { Heatmap } from "./heatmap";
import { allMasks, type MasksShown } from "./masks/masks-shown";
import type { SliceMasks } from "./masks/slice-masks";
import { defaultHanging, type Layout, type Sequence } from "./picture/hanging";
import type { PictureTool } from "./picture/tools";
import { defaultWindow, type RelativeWindow } from "./picture/window";
import type { Queue } from "./queue/queue";
import type { Save, Words } from "./saves/save";
import { defaultStripView, type StripView } from "./strip-order";
import type { Told } from "./told";

/** What the left mouse button does. */
export type Tool = PictureTool | DrawingTool;
/** Among which slices the next one is looked for. */
export type NextAmong = "flagged" | "unlabelled";
/** Where a decision leads by itself: one key a slice. */
export type AfterDecision = "stay" | NextAmong;

/** What the reader is asked before a decision is saved. */
export type Question =
  /** The decision would contradict or drop what was drawn. */
  | { kind: "drawn"; decision: Decision; choices: readonly Decision[] }
  /** The model's mask differs much from an expert's, or would take it away. */
  | { kind: "replaces"; decision: Decision; dice: number }
  /** The model would label a slice that accuracy is measured on. */
  | { kind: "test-patient"; decision: Decision }
  /** Why the reader is unsure. */
  | { kind: "reason"; decision: Decision }
  /** Every drawing of the study would be saved. */
  | { kind: "save-all"; slices: readonly { position: number; stores: string }[] };

/**
 * Everything that the reading room shows, in four parts by who writes it and how long it lasts. Never changed in place.
 * Masks, pixels and cameras are not in it: they are large or change with every move of the pen.
 */
export interface RoomState {
  /** What the server has told, with the reader's own labels merged in. Written by merge.ts alone. */
  server: {
    mayLabel: boolean;
    /** Who reads. */
    readerId: string;
    /** With one slice at least; its slices stay the same ones. */
    study: StudyView;
    /** Label versions when the study was opened, by slice. */
    openedVersions: ReadonlyMap<string, number>;
    /** Labels that this reader has saved here. */
    ownLabelIds: ReadonlySet<string>;
    /** Everyone else who draws in the study. */
    others: readonly DrawingView[];
    /** The session has ended. */
    signedOut: boolean;
  };
  /** What would be lost with the page: all of it is in the journal, by slice. Drafts are in the drawing store. */
  kept: {
    saves: ReadonlyMap<string, Save>;
    words: ReadonlyMap<string, Words>;
  };
  /** How the reader looks at it. Some of it is remembered in the browser (remembered.ts). */
  view: {
    index: number;
    layout: Layout;
    /** What each view shows, from the left, also of views that the layout leaves out. */
    hung: readonly Sequence[];
    window: RelativeWindow;
    invert: boolean;
    masks: MasksShown;
    /** The masks that M has hidden. */
    masksBefore: MasksShown;
    /** 0 to 1, of the current mask's fill. */
    maskOpacity: number;
    heatmap: boolean;
    strip: StripView;
    /** Whether the strip shows its slices, or its toolbar alone. */
    stripOpen: boolean;
    tool: Tool;
    toolSettings: ToolSettings;
    afterDecision: AfterDecision;
    /** Whether a decision leads to the next slice of the queue. */
    queueAdvances: boolean;
    /** Whether keys that type a character do anything (WCAG 2.1.4). */
    letterKeys: boolean;
    /** Slices a second of the cine. */
    cineRate: number;
  };
  /** What is going on. Never kept. */
  now: {
    /** Index of the slice that each view has drawn, by the view's number from 1. */
    shown: ReadonlyMap<number, number>;
    cine: boolean;
    polygon: PolygonInProgress | null;
    question: Question | null;
    keysOpen: boolean;
    protocolOpen: boolean;
    /** Hints that the reader has dismissed: the next one is shown; null for none (hints.ts). */
    hintsDismissed: number | null;
    /** What came of the last edit. */
    edited: { sliceId: string; words: string } | null;
    /** The result of a search for the next slice. */
    nextMessage: string | null;
    /** The flagged slices that the reader goes through; null for a study that is read by itself. */
    queue: Queue | null;
    /** What has just been saved or undone. */
    told: Told | null;
    /** The slice's drawing, without the stroke under way; null where nothing is drawn or it is not ready. */
    drawing: Drawing | null;
    /** Slices that an interpolation drew and that were not on the screen since. */
    unseenDrawings: ReadonlySet<string>;
    /** Drafts with strokes that stand. */
    unsaved: readonly Draft[];
    /** Why the slice cannot be drawn on. */
    drawingProblem: string | null;
    masks: SliceMasks | null;
    masksProblem: string | null;
    heatmap: { sliceId: string; heatmap: Heatmap | null; status: string | null } | null;
    /** Two versions of a slice's label that are compared. */
    versions: { sliceId: string; pair: ComparedLabels } | null;
    /** The slice whose conflict is shown, mine against theirs. */
    conflictOf: string | null;
    /** What came of the comparison that is on. */
    compared: { comparison: SliceComparison | null; problem: string | null };
    /** The slice that the reader has stayed on: those flown past are not asked about. */
    restedOn: string | null;
  };
}

export interface Actor {
  /** Whose journal this browser opens. */
  id: string;
  mayLabel: boolean;
}

export const nothingCompared: RoomState["now"]["compared"] = { comparison: null, problem: null };

export function initialState(study: StudyView, index: number, actor: Actor): RoomState {
  return {
    server: {
      mayLabel: actor.mayLabel,
      readerId: actor.id,
      study,
      openedVersions: new Map(study.slices.map(({ id, labelVersion }: SliceView) => [id, labelVersion])),
      ownLabelIds: new Set(),
      others: [],
      signedOut: false,
    },
    kept: { saves: new Map(), words: new Map() },
    view: {
      index,
      layout: "two-up",
      hung: defaultHanging,
      window: defaultWindow,
      invert: false,
      masks: allMasks,
      masksBefore: allMasks,
      maskOpacity: 0.2,
      heatmap: false,
      strip: defaultStripView,
      stripOpen: true,
      tool: "window",
      toolSettings: defaultToolSettings,
      afterDecision: "stay",
      queueAdvances: true,
      letterKeys: true,
      cineRate: 8,
    },
    now: {
      shown: new Map(),
      cine: false,
      polygon: null,
      question: null,
      keysOpen: false,
      protocolOpen: false,
      hintsDismissed: null,
      edited: null,
      nextMessage: null,
      queue: null,
      told: null,
      drawing: null,
      unseenDrawings: new Set(),
      unsaved: [],
      drawingProblem: null,
      masks: null,
      masksProblem: null,
      heatmap: null,
      versions: null,
      conflictOf: null,
      compared: nothingCompared,
      restedOn: null,
    },
  };
}
