import type { SliceView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";
import { type Decision, decisionsFor } from "../label/decisions";
import { reviewCounts } from "../label/label-state";
import type { Drawing } from "./drawing/drawing";
import { type DrawingTool, drawingTools } from "./drawing/tools";
import type { MasksShown } from "./masks/masks-shown";
import { maskUrlsOf } from "./masks/slice-masks";
import { channelOf, type Sequence, sequences, viewsIn } from "./picture/hanging";
import { defaultRange, type GreyRange } from "./picture/window";
import type { Save, Words } from "./saves/save";
import type { RoomState, Tool } from "./state";
import { memo } from "./store";
import { stripCounts, stripSlices } from "./strip-order";

/** What can be read off the state. Pure; whatever is a new object is made again only when what it rests on changes. */

export const slicesOf = ({ server }: RoomState): readonly SliceView[] => server.study.slices;
export const currentSlice = ({ server, view }: RoomState): SliceView => server.study.slices[view.index]!;
export const mayLabel = ({ server }: RoomState): boolean => server.mayLabel;

/** The slice at hand is on the screen: nobody decides on what they have not seen. */
export const isReady = ({ server, view, now }: RoomState): boolean =>
  server.mayLabel && now.shown.get(1) === view.index;

/** The drawing of the slice at hand where strokes of it stand. */
export const drawnOn = (state: RoomState): Drawing | null => {
  const { drawing } = state.now;
  return drawing && drawing.draft.sliceId === currentSlice(state).id && drawing.draft.done > 0
    ? drawing
    : null;
};
export const strokesStanding = (state: RoomState): number => drawnOn(state)?.draft.done ?? 0;
export const strokesUndone = ({ now }: RoomState): number =>
  now.drawing ? now.drawing.draft.strokes.length - now.drawing.draft.done : 0;

/** What the slice at hand offers to decide. */
export const decisions = memo(
  (state: RoomState) => [currentSlice(state), drawnOn(state)] as const,
  (slice, drawn): readonly Decision[] => decisionsFor(slice, drawn),
);

export const currentSave = (state: RoomState): Save | undefined =>
  state.kept.saves.get(currentSlice(state).id);
export const isSaving = (state: RoomState): boolean => currentSave(state)?.state === "saving";

/** A decision on any slice of the study is on its way. */
export const isAnySaving = ({ kept }: RoomState): boolean =>
  [...kept.saves.values()].some((save) => save.state === "saving");

const noWords: Words = { reason: null, note: "" };
export const wordsOf = (state: RoomState, sliceId: string): Words => state.kept.words.get(sliceId) ?? noWords;
export const currentWords = (state: RoomState): Words => wordsOf(state, currentSlice(state).id);

/** The label that someone else saved on the slice at hand while the study was open; null also while a save says so. */
export function overtakenBy(state: RoomState): LabelView | null {
  const { id, label } = currentSlice(state);
  if (!label || state.server.ownLabelIds.has(label.id)) return null;
  if (currentSave(state)?.state === "conflict") return null;
  return label.version > (state.server.openedVersions.get(id) ?? 0) ? label : null;
}

/** Ids of slices with strokes that are not a label yet. */
export const draftedSlices = memo(
  ({ now }: RoomState) => [now.unsaved] as const,
  (unsaved): ReadonlySet<string> => new Set(unsaved.map(({ sliceId }) => sliceId)),
);

/** What the server does not have as a label yet. */
export interface UnsavedSlice {
  sliceId: string;
  position: number;
  /** A drawing, or a decision that did not arrive. */
  kind: "drawing" | "decision";
}

/** Decisions that did not arrive, then drawings that are no labels yet, each in the study's order. */
export const unsavedSlices = memo(
  (state: RoomState) => [slicesOf(state), draftedSlices(state), state.kept.saves] as const,
  (slices, drafts, saves): readonly UnsavedSlice[] => {
    const open = [...saves.values()].filter(({ state }) => state === "failed" || state === "conflict");
    const failed = new Set(open.map(({ sliceId }) => sliceId));
    const list = (kind: UnsavedSlice["kind"], ids: ReadonlySet<string>) =>
      slices
        .filter(({ id }) => ids.has(id))
        .map(({ id, position }): UnsavedSlice => ({ sliceId: id, position, kind }));
    return [...list("decision", failed), ...list("drawing", drafts)];
  },
);

export const openPolygon = (state: RoomState) => {
  const { polygon } = state.now;
  return polygon?.sliceId === currentSlice(state).id ? polygon : null;
};

/** Whether two masks are shown against each other. */
export const isComparing = (state: RoomState): boolean =>
  currentVersions(state) !== null || currentConflict(state) !== null;

/** The two versions of the slice's label that are compared. */
export const currentVersions = (state: RoomState) => {
  const { versions } = state.now;
  return versions?.sliceId === currentSlice(state).id ? versions.pair : null;
};

/** The save whose conflict is shown on the pictures. */
export const currentConflict = (state: RoomState): Save | null => {
  const save = currentSave(state);
  return save?.state === "conflict" && state.now.conflictOf === save.sliceId ? save : null;
};

export const isDrawingTool = (tool: Tool): tool is DrawingTool =>
  (drawingTools as readonly Tool[]).includes(tool);

/** What the left button draws with; null while it does not draw. */
export const penTool = (state: RoomState): DrawingTool | null => {
  const { tool } = state.view;
  return isReady(state) && isDrawingTool(tool) ? tool : null;
};

/** What each view shows, from the left. */
export const hanging = memo(
  ({ view }: RoomState) => [view.hung, view.layout] as const,
  (hung, layout): readonly Sequence[] => hung.slice(0, viewsIn(layout)),
);

/** The grey values that the default window of each sequence shows. */
export const ranges = memo(
  ({ server }: RoomState) => [server.study.windowLow, server.study.windowHigh] as const,
  (low, high) =>
    Object.fromEntries(
      sequences.map((sequence): [Sequence, GreyRange] => {
        const channel = channelOf[sequence];
        return [
          sequence,
          channel === null ? defaultRange(0, 255) : defaultRange(low[channel], high[channel]),
        ];
      }),
    ) as Record<Sequence, GreyRange>,
);

/** Masks that the slice at hand has. */
export const masksPresent = memo(
  (state: RoomState) => [currentSlice(state), strokesStanding(state) > 0] as const,
  (slice, drawn): MasksShown => {
    const urls = maskUrlsOf(slice);
    return {
      proposed: urls.proposed !== "",
      imported: urls.imported !== "",
      current: urls.current !== "" || drawn,
    };
  },
);

/** The heatmap of the slice at hand, and what there is to say until it is there. */
export const currentHeatmap = (state: RoomState) => heatmapPart(state)?.heatmap ?? null;
export const heatmapStatus = (state: RoomState) => heatmapPart(state)?.status ?? null;
function heatmapPart(state: RoomState) {
  const { heatmap } = state.now;
  return state.view.heatmap && heatmap?.sliceId === currentSlice(state).id ? heatmap : null;
}

/** What came of the last edit of the slice at hand. */
export const editMessage = (state: RoomState): string | null => {
  const { edited } = state.now;
  return edited?.sliceId === currentSlice(state).id ? edited.words : null;
};

export const othersHere = memo(
  (state: RoomState) => [state.server.others, currentSlice(state).id] as const,
  (others, sliceId) => others.filter((other) => other.sliceId === sliceId),
);

/** Indices of the slices that the strip shows, as it shows them. */
export const stripShown = memo(
  (state: RoomState) => [slicesOf(state), state.view.strip] as const,
  (slices, strip): readonly number[] => stripSlices(slices, strip),
);

/** What the model says of some slice is hidden: the patient is kept for testing. */
export const isAnyHidden = (state: RoomState): boolean =>
  slicesOf(state).some(({ predictionHidden }) => predictionHidden);

/** Slices that people have labelled, and those of them that were changed. */
export const reviewCounted = memo((state: RoomState) => [slicesOf(state)] as const, reviewCounts);

export const stripCounted = memo((state: RoomState) => [slicesOf(state)] as const, stripCounts);
