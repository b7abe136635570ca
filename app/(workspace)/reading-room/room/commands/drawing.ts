import type { Core } from "../core";
import { closePolygon } from "../drawing/begin-press";
import { acceptAndEdit, clear, copyBefore, fillTheHoles, interpolate, redo, undo } from "../drawing/edit";
import { withoutLastCorner } from "../drawing/polygon-in-progress";
import { type DrawingTool, nextRadius } from "../drawing/tools";
import {
  currentSlice,
  isComparing,
  isReady,
  mayLabel,
  openPolygon,
  strokesStanding,
  strokesUndone,
} from "../selectors";
import type { RoomState } from "../state";
import { inGroup } from "./command";

const drawing = inGroup("Drawing");

const drawsWith = (tool: DrawingTool, name: string, key: string, does: string) =>
  drawing({ name, does, keys: [key], when: mayLabel, run: (core) => core.put("view", { tool }) });

const brushes = "Brush, eraser, threshold brush";
const areas = "Polygon or freehand, flood fill";
const widths = { does: "Smaller, larger brush", repeats: true };
const corners = {
  does: "Close the polygon, remove its last point",
  when: (state: RoomState) => openPolygon(state) !== null,
};
const strokes = { does: "Undo, redo a stroke", repeats: true };
const escapes = { does: "Stop the stroke; back to the window tool", keys: ["escape"] };

/** Known once the slice is on the screen, not before. */
const onceReady = (words: string) => (state: RoomState) => (isReady(state) ? words : null);

function resize(core: Core, by: 1 | -1) {
  const { toolSettings } = core.get().view;
  core.put("view", { toolSettings: { ...toolSettings, radius: nextRadius(toolSettings.radius, by) } });
}

/** Escape ends the measurement under the pointer first, whatever else it would end. */
const unlessMeasuring = (run: (core: Core) => void) => (core: Core) => {
  if (!core.stage?.cancelMeasurement()) run(core);
};

export const drawingCommands = {
  "tool-brush": drawsWith("brush", "Brush", "b", brushes),
  "tool-eraser": drawsWith("eraser", "Eraser", "e", brushes),
  "tool-threshold": drawsWith("threshold", "Threshold brush", "t", brushes),
  "tool-polygon": drawsWith("polygon", "Polygon", "p", areas),
  "tool-flood": drawsWith("flood", "Flood fill", "f", areas),
  smaller: drawing({ ...widths, name: "Smaller brush", keys: ["["], run: (core) => resize(core, -1) }),
  larger: drawing({ ...widths, name: "Larger brush", keys: ["]"], run: (core) => resize(core, 1) }),
  "close-polygon": drawing({
    ...corners,
    name: "Close polygon",
    keys: ["enter"],
    run(core) {
      const polygon = openPolygon(core.get());
      if (polygon) closePolygon(core.drawings, currentSlice(core.get()), polygon);
      core.put("now", { polygon: null });
    },
  }),
  "undo-corner": drawing({
    ...corners,
    keys: ["backspace"],
    run(core) {
      const polygon = openPolygon(core.get());
      if (polygon) core.put("now", { polygon: withoutLastCorner(polygon) });
    },
  }),
  "accept-and-edit": drawing({
    name: "Edit model mask",
    keys: ["shift+a"],
    when: (state) => isReady(state) && currentSlice(state).prediction?.maskSha256 != null,
    otherwise: (state) =>
      onceReady(
        currentSlice(state).predictionHidden
          ? "The model’s mask is hidden until you have decided: this patient is kept for testing."
          : "The model proposes no mask on this slice.",
      )(state),
    run: acceptAndEdit,
  }),
  "copy-before": drawing({
    name: "Copy mask from previous slice",
    keys: ["c"],
    when: isReady,
    run: copyBefore,
  }),
  interpolate: drawing({
    name: "Interpolate between drawn slices",
    keys: ["j"],
    when: isReady,
    run: interpolate,
  }),
  "fill-holes": drawing({ name: "Fill holes", keys: ["k"], when: isReady, run: fillTheHoles }),
  "clear-mask": drawing({ name: "Clear the mask", keys: ["shift+delete"], when: isReady, run: clear }),
  undo: drawing({
    ...strokes,
    name: "Undo",
    keys: ["ctrl+z"],
    when: (state) => isReady(state) && strokesStanding(state) > 0,
    otherwise: onceReady("Nothing more to undo in this drawing."),
    run: undo,
  }),
  redo: drawing({
    ...strokes,
    name: "Redo",
    keys: ["ctrl+y", "ctrl+shift+z"],
    when: (state) => isReady(state) && strokesUndone(state) > 0,
    otherwise: onceReady("Nothing more to redo on this slice."),
    run: redo,
  }),
  "drop-polygon": drawing({
    ...escapes,
    when: (state) => openPolygon(state) !== null,
    run: unlessMeasuring((core) => core.put("now", { polygon: null })),
  }),
  "end-comparison": drawing({
    ...escapes,
    when: (state) => openPolygon(state) === null && isComparing(state),
    run: unlessMeasuring((core) => core.put("now", { versions: null, conflictOf: null })),
  }),
  "back-to-window": drawing({
    ...escapes,
    when: (state) => openPolygon(state) === null && !isComparing(state),
    run: unlessMeasuring((core) => core.put("view", { tool: "window" })),
  }),
};
