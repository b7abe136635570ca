import type { useDecide } from "../decide";
import type { useDrawingEdits } from "../drawing/edit";
import type { usePlace } from "../effects/deep-link";
import type { NextAmong } from "../next-slice";
import { nextLayout } from "../picture/hanging";
import { cancelMeasurement, deleteMeasurements } from "../picture/measurements";
import type { Tool, useTools } from "../remembered";
import type { usePicture } from "../selectors";
import type { Command } from "./keys";

interface Room {
  place: ReturnType<typeof usePlace>;
  picture: ReturnType<typeof usePicture>;
  tools: Pick<ReturnType<typeof useTools>, "setTool" | "resize">;
  edits: ReturnType<typeof useDrawingEdits>;
  deciding: Pick<ReturnType<typeof useDecide>, "decideByKey">;
  /** Whether this person may draw at all, and whether the slice is ready for it. */
  mayDraw: boolean;
  ready: boolean;
  toggleMasks(): void;
  toggleHeatmap(): void;
  alongStrip(by: 1 | -1): void;
  openStudy(which: "before" | "after"): void;
  goToNext(among: NextAmong): void;
  showKeys(): void;
  polygon: { isOpen: boolean; close(): void; undoCorner(): void; drop(): void };
  comparing: { on: boolean; end(): void };
}

/** What each command does in the room. */
export function roomCommands(room: Room): Record<Command, () => void> {
  const { place, picture, tools, edits, deciding, polygon, comparing } = room;
  const slice = (go: () => void) => () => {
    picture.stopCine();
    go();
  };
  const draw = (work: () => unknown) => () => void (room.ready && work());
  const drawWith = (tool: Tool) => () => room.mayDraw && tools.setTool(tool);
  return {
    "slice-before": slice(() => place.scroll(-1)),
    "slice-after": slice(() => place.scroll(1)),
    "strip-before": slice(() => room.alongStrip(-1)),
    "strip-after": slice(() => room.alongStrip(1)),
    "slice-first": slice(() => place.goTo(0)),
    "slice-last": slice(() => place.goTo(place.last)),
    "study-before": () => room.openStudy("before"),
    "study-after": () => room.openStudy("after"),
    "next-flagged": slice(() => room.goToNext("flagged")),
    "next-unlabelled": slice(() => room.goToNext("unlabelled")),
    cine: picture.toggleCine,
    layout: () => picture.setLayout(nextLayout(picture.layout)),
    invert: picture.toggleInvert,
    reset: picture.reset,
    mask: room.toggleMasks,
    heatmap: room.toggleHeatmap,
    accept: () => deciding.decideByKey("A"),
    flip: () => deciding.decideByKey("X"),
    "cannot-tell": () => deciding.decideByKey("U"),
    submit: () => deciding.decideByKey("S"),
    "tool-window": () => tools.setTool("window"),
    "tool-pan": () => tools.setTool("pan"),
    "tool-zoom": () => tools.setTool("zoom"),
    "tool-length": () => tools.setTool("length"),
    "tool-area": () => tools.setTool("area"),
    "delete-measurement": () => void deleteMeasurements("selected"),
    "tool-brush": drawWith("brush"),
    "tool-eraser": drawWith("eraser"),
    "tool-threshold": drawWith("threshold"),
    "tool-polygon": drawWith("polygon"),
    "tool-flood": drawWith("flood"),
    smaller: () => tools.resize(-1),
    larger: () => tools.resize(1),
    "close-polygon": polygon.close,
    "undo-corner": polygon.undoCorner,
    "accept-and-edit": draw(edits.acceptAndEdit),
    "copy-before": draw(edits.copyBefore),
    interpolate: draw(edits.interpolate),
    "fill-holes": draw(edits.fillHoles),
    "clear-mask": draw(edits.clear),
    undo: draw(edits.undo),
    redo: draw(edits.redo),
    cancel: () => {
      if (cancelMeasurement()) return;
      if (polygon.isOpen) polygon.drop();
      else if (comparing.on) comparing.end();
      else tools.setTool("window");
    },
    keys: room.showKeys,
    "preset-1": () => picture.preset(0),
    "preset-2": () => picture.preset(1),
    "preset-3": () => picture.preset(2),
    "preset-4": () => picture.preset(3),
    "preset-5": () => picture.preset(4),
  };
}
