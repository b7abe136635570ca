import { useCallback, useEffect, useState } from "react";
import {
  type DrawingTool,
  defaultToolSettings,
  drawingTools,
  largestTolerance,
  nextRadius,
  type ToolSettings,
} from "./drawing/tools";
import type { PictureTool } from "./picture/tools";

export type Tool = PictureTool | DrawingTool;

export function isDrawingTool(tool: Tool): tool is DrawingTool {
  return (drawingTools as readonly Tool[]).includes(tool);
}

const storageKey = "sulcus.tools";

/** What the left mouse button does, and the brush as this person likes it: kept in the browser. */
export function useTools() {
  const [tool, setTool] = useState<Tool>("window");
  const [settings, setSettings] = useState<ToolSettings>(defaultToolSettings);

  useEffect(() => setSettings(read()), []);
  const change = useCallback((next: (before: ToolSettings) => ToolSettings) => {
    setSettings((before) => {
      const after = next(before);
      try {
        localStorage.setItem(storageKey, JSON.stringify(after));
      } catch {
        // A browser that keeps nothing begins with the defaults next time.
      }
      return after;
    });
  }, []);

  return {
    tool,
    setTool,
    settings,
    setTolerance: (tolerance: number) => change((before) => ({ ...before, tolerance })),
    resize: (by: 1 | -1) => change((before) => ({ ...before, radius: nextRadius(before.radius, by) })),
  };
}

function read(): ToolSettings {
  try {
    const { radius, tolerance } = JSON.parse(
      localStorage.getItem(storageKey) ?? "{}",
    ) as Partial<ToolSettings>;
    return {
      radius:
        typeof radius === "number" && radius >= 0.5 && radius <= 40 ? radius : defaultToolSettings.radius,
      tolerance:
        typeof tolerance === "number" && tolerance >= 0 && tolerance <= largestTolerance
          ? tolerance
          : defaultToolSettings.tolerance,
    };
  } catch {
    return defaultToolSettings;
  }
}
