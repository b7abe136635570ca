import { init as initCore, RenderingEngine, Settings } from "@cornerstonejs/core";
import { addTool, init as initTools, ToolGroupManager, type Types as ToolTypes } from "@cornerstonejs/tools";
import type { PictureTool } from "../room/picture/tools";
import { registerImageLoader } from "./image-loader";
import { bindLeft, bindMouse, measureToolNames, mouseTools } from "./mouse-tools";
import { measurementsOf, type StageMeasurements, styleMeasurements } from "./stage-measurements";

/** WebGL contexts of a stage, one for each view of the largest layout: browsers allow 16 on a page. */
const contexts = 3;

let started = false;

/** Once a page, however often it is called. */
function start(): void {
  if (started) return;
  started = true;
  initCore({ rendering: { webGlContextCount: contexts }, debug: {} });
  initTools();
  // The views have their own, by tool.
  Settings.getRuntimeSettings().set("useCursors", false);
  registerImageLoader();
  for (const tool of mouseTools) addTool(tool);
}

/** A rendering engine with the reading room's mouse on its views. */
export interface Stage {
  engine: RenderingEngine;
  tools: ToolTypes.IToolGroup;
  /** False once `close` was called: nothing may be asked of it any more. */
  open: boolean;
  /** What the plain left button does; null: nothing, it is someone else's. */
  setLeft(tool: PictureTool | null): void;
  measurements: Pick<StageMeasurements, "remove" | "cancel">;
  /** To be called before another picture comes into a view: what the mouse was measuring ends where it stands. */
  settle(element: HTMLDivElement): void;
  /** Its measurements go with it. */
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
  styleMeasurements(id);
  const measurements = measurementsOf(engine, tools, measureToolNames);
  const stage: Stage = {
    engine,
    tools,
    open: true,
    measurements,
    setLeft(tool) {
      measurements.cancel();
      bindLeft(tools, tool);
    },
    settle: measurements.settle,
    close() {
      stage.open = false;
      measurements.drop("all");
      ToolGroupManager.destroyToolGroup(id);
      engine.destroy();
    },
  };
  return stage;
}
