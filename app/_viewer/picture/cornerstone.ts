import { init as initCore, RenderingEngine } from "@cornerstonejs/core";
import {
  addTool,
  Enums,
  init as initTools,
  PanTool,
  ToolGroupManager,
  type Types as ToolTypes,
  WindowLevelTool,
  ZoomTool,
} from "@cornerstonejs/tools";
import { registerImageLoader } from "./image-loader";

/** Window and level for 8-bit images: 400 px of drag cross all grey values, where Cornerstone's own steps are 4 a pixel. */
class SliceWindowTool extends WindowLevelTool {
  static override toolName = "SliceWindow";
  override _getMultiplierFromDynamicRange() {
    return 255 / 400;
  }
}

/** WebGL contexts of a stage, one for each view of the largest layout: browsers allow 16 on a page. */
const contexts = 3;

let started = false;

/** Once a page, however often it is called. */
function start(): void {
  if (started) return;
  started = true;
  initCore({ rendering: { webGlContextCount: contexts }, debug: {} });
  initTools();
  registerImageLoader();
  for (const tool of [SliceWindowTool, PanTool, ZoomTool]) addTool(tool);
}

/** A rendering engine with the reading room's mouse on its views. */
export interface Stage {
  engine: RenderingEngine;
  tools: ToolTypes.IToolGroup;
  /** False once `close` was called: nothing may be asked of it any more. */
  open: boolean;
  close(): void;
}

let stages = 0;

/** Opens a stage; its owner closes it. */
export function openStage(): Stage {
  start();
  stages += 1;
  const id = `stage-${stages}`;
  const engine = new RenderingEngine(id);
  const tools = ToolGroupManager.createToolGroup(id)!;
  bindMouse(tools);
  const stage: Stage = {
    engine,
    tools,
    open: true,
    close() {
      stage.open = false;
      ToolGroupManager.destroyToolGroup(id);
      engine.destroy();
    },
  };
  return stage;
}

function bindMouse(tools: ToolTypes.IToolGroup) {
  const { Primary, Auxiliary, Secondary } = Enums.MouseBindings;
  const { Shift, Ctrl } = Enums.KeyboardBindings;
  for (const tool of [SliceWindowTool, PanTool, ZoomTool]) tools.addTool(tool.toolName);
  tools.setToolActive(SliceWindowTool.toolName, { bindings: [{ mouseButton: Primary }] });
  // A touchpad has no middle button: Shift and Ctrl give the left one its work.
  tools.setToolActive(PanTool.toolName, {
    bindings: [{ mouseButton: Auxiliary }, { mouseButton: Primary, modifierKey: Shift }],
  });
  tools.setToolActive(ZoomTool.toolName, {
    bindings: [{ mouseButton: Secondary }, { mouseButton: Primary, modifierKey: Ctrl }],
  });
}
