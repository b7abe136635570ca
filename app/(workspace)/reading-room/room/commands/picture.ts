import { toggledMasks } from "../masks/masks-shown";
import { nextLayout } from "../picture/hanging";
import type { PictureTool } from "../picture/tools";
import { defaultWindow, windowPresets } from "../picture/window";
import { inGroup } from "./command";

const picture = inGroup("Picture");

const preset = (index: number) =>
  picture({
    name: windowPresets[index]!.name,
    does: "Window: default, narrow, wide, brighter, darker",
    keys: [String(index + 1)],
    run: (core) => core.put("view", { window: windowPresets[index]!.window }),
  });

const dragsWith = (tool: PictureTool, name: string, key: string, does: string) =>
  picture({ name, does, keys: [key], run: (core) => core.put("view", { tool }) });

const drags = "Left drag: window, move, zoom";
const measures = "Measure a distance, an area";

export const pictureCommands = {
  "preset-1": preset(0),
  "preset-2": preset(1),
  "preset-3": preset(2),
  "preset-4": preset(3),
  "preset-5": preset(4),
  "tool-window": dragsWith("window", "Window", "w", drags),
  "tool-pan": dragsWith("pan", "Move", "v", drags),
  "tool-zoom": dragsWith("zoom", "Zoom", "z", drags),
  "tool-length": dragsWith("length", "Distance", "d", measures),
  "tool-area": dragsWith("area", "Area", "g", measures),
  "delete-measurement": picture({
    does: "Remove the chosen measurement",
    keys: ["delete"],
    run: (core) => core.stage?.deleteMeasurements("selected"),
  }),
  invert: picture({
    name: "Invert",
    keys: ["i"],
    run: (core) => core.put("view", { invert: !core.get().view.invert }),
  }),
  reset: picture({
    name: "Reset",
    does: "Reset window, zoom and position",
    keys: ["r"],
    run(core) {
      core.put("view", { window: defaultWindow, invert: false });
      core.stage?.resetCameras();
    },
  }),
  mask: picture({
    does: "Masks on, off",
    keys: ["m"],
    run(core) {
      const { masks: shown, masksBefore } = core.get().view;
      const masks = toggledMasks(shown, masksBefore);
      const hides = Object.values(shown).some(Boolean);
      core.put("view", { masks, masksBefore: hides ? shown : masksBefore });
    },
  }),
  layout: picture({
    does: "One, two, three views",
    keys: ["l"],
    run: (core) => core.put("view", { layout: nextLayout(core.get().view.layout) }),
  }),
  keys: picture({
    name: "Keys",
    does: "This list",
    keys: ["?"],
    run: (core) => core.put("now", { keysOpen: true }),
  }),
};
