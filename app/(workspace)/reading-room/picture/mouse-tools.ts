import {
  EllipticalROITool,
  Enums,
  LengthTool,
  PanTool,
  type Types as ToolTypes,
  WindowLevelTool,
  ZoomTool,
} from "@cornerstonejs/tools";
import type { PictureTool } from "../room/picture/tools";
import { areaText, lengthText, type Measured } from "./measure-text";
import { isPlainLeft } from "./plain-left";
import { deselectMeasurements } from "./stage-measurements";

interface Press {
  detail: { event?: unknown; element: HTMLDivElement };
}

interface WindowDrag {
  /** CSS pixels since the last event. */
  deltaPointsCanvas: number[];
  /** Grey values of black and white until now. */
  lower: number;
  upper: number;
}

/** Cornerstone lets any button move a measurement under the pointer; here only the plain left one does. */
const passesMeasurements = ({ detail }: Press) => !isPlainLeft(detail.event);

/** A plain press beside all measurements. */
function pressedBeside({ detail }: Press): false {
  if (isPlainLeft(detail.event)) deselectMeasurements(detail.element);
  return false;
}

/**
 * Window and level for 8-bit images: 400 px of drag cross all grey values, where Cornerstone's own steps are 4 a pixel.
 * Its own arithmetic is DICOM's LINEAR one way and, for our images, LINEAR_EXACT the other (PS3.3 C.11.2.1.2 and
 * C.11.2.1.3.2), which widens the window by a grey value with every event of the mouse.
 */
class SliceWindowTool extends WindowLevelTool {
  static override toolName = "SliceWindow";
  postMouseDownCallback = pressedBeside;
  override getNewRange({ deltaPointsCanvas, lower, upper }: WindowDrag) {
    const [across, down] = deltaPointsCanvas.map((pixels) => (pixels * 255) / 400) as [number, number];
    const width = Math.max(1, upper - lower + across);
    const centre = (lower + upper) / 2 + down;
    return { lower: centre - width / 2, upper: centre + width / 2 };
  }
}

class SlicePanTool extends PanTool {
  static override toolName = "SlicePan";
  preMouseDownCallback = passesMeasurements;
  postMouseDownCallback = pressedBeside;
}

class SliceZoomTool extends ZoomTool {
  static override toolName = "SliceZoom";
  postMouseDownCallback = pressedBeside;
  constructor(...input: ConstructorParameters<typeof ZoomTool>) {
    super(...input);
    const begin = this.preMouseDownCallback;
    this.preMouseDownCallback = (event) => {
      begin(event);
      return passesMeasurements(event);
    };
  }
}

/** To be given to Cornerstone once a page. */
export const mouseTools = [SliceWindowTool, SlicePanTool, SliceZoomTool, LengthTool, EllipticalROITool];

const nameOf: Record<PictureTool, string> = {
  window: SliceWindowTool.toolName,
  pan: SlicePanTool.toolName,
  zoom: SliceZoomTool.toolName,
  length: LengthTool.toolName,
  area: EllipticalROITool.toolName,
};

export const measureToolNames = [nameOf.length, nameOf.area];

type Stats = Record<string, Measured | undefined>;
const linesOf =
  (write: (measured: Measured) => string[]) => (data: { cachedStats: Stats }, targetId: string) =>
    write(data.cachedStats[targetId] ?? {});

const left = { mouseButton: Enums.MouseBindings.Primary };

/** Gives middle and right button, and left with Shift or Ctrl, their work for good; the plain left has none yet. */
export function bindMouse(tools: ToolTypes.IToolGroup): void {
  const { Primary, Auxiliary, Secondary } = Enums.MouseBindings;
  const { Shift, Ctrl } = Enums.KeyboardBindings;
  for (const tool of [nameOf.window, nameOf.pan, nameOf.zoom]) tools.addTool(tool);
  tools.addTool(nameOf.length, { getTextLines: linesOf(lengthText) });
  tools.addTool(nameOf.area, { getTextLines: linesOf(areaText) });
  // A touchpad has no middle button: Shift and Ctrl give the left one its work.
  tools.setToolActive(nameOf.pan, {
    bindings: [{ mouseButton: Auxiliary }, { mouseButton: Primary, modifierKey: Shift }],
  });
  tools.setToolActive(nameOf.zoom, {
    bindings: [{ mouseButton: Secondary }, { mouseButton: Primary, modifierKey: Ctrl }],
  });
  for (const name of measureToolNames) tools.setToolEnabled(name);
}

/** Gives the plain left button its work. Null: it has none, and measurements are only shown. */
export function bindLeft(tools: ToolTypes.IToolGroup, tool: PictureTool | null): void {
  for (const name of Object.values(nameOf)) {
    if (tool === null && measureToolNames.includes(name)) tools.setToolEnabled(name);
    else tools.setToolPassive(name, { removeAllBindings: [left] });
  }
  if (tool) tools.setToolActive(nameOf[tool], { bindings: [left] });
}
