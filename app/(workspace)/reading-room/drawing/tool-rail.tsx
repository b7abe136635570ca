import {
  Brush,
  Contrast,
  Eraser,
  type LucideIcon,
  Move,
  PaintBucket,
  Pentagon,
  Ruler,
  SprayCan,
  SquareDashed,
  ZoomIn,
} from "lucide-react";
import type { Tool } from "../room/remembered";

interface Props {
  tool: Tool;
  mayLabel: boolean;
  onTool(tool: Tool): void;
}

interface Entry {
  tool: Tool;
  name: string;
  shortcut: string;
  icon: LucideIcon;
}

const pictureEntries: readonly Entry[] = [
  { tool: "window", name: "Window", shortcut: "W", icon: Contrast },
  { tool: "pan", name: "Move", shortcut: "V", icon: Move },
  { tool: "zoom", name: "Zoom", shortcut: "Z", icon: ZoomIn },
  { tool: "length", name: "Distance", shortcut: "D", icon: Ruler },
  { tool: "area", name: "Area", shortcut: "G", icon: SquareDashed },
];
const drawingEntries: readonly Entry[] = [
  { tool: "brush", name: "Brush", shortcut: "B", icon: Brush },
  { tool: "eraser", name: "Eraser", shortcut: "E", icon: Eraser },
  { tool: "threshold", name: "Threshold brush", shortcut: "T", icon: SprayCan },
  { tool: "polygon", name: "Polygon", shortcut: "P", icon: Pentagon },
  { tool: "flood", name: "Flood fill", shortcut: "F", icon: PaintBucket },
];

/** What the left mouse button does, by icon and key. */
export function ToolRail({ tool, mayLabel, onTool }: Props) {
  return (
    <div
      role="toolbar"
      aria-label="Tools"
      aria-orientation="vertical"
      className="flex w-[46px] flex-col items-center gap-0.5 overflow-y-auto border-r border-line bg-panel py-1.5 [scrollbar-width:none]"
    >
      {pictureEntries.map((entry) => (
        <RailButton key={entry.tool} entry={entry} current={tool} onTool={onTool} />
      ))}
      {mayLabel && (
        <>
          <span aria-hidden="true" className="my-1 w-6 border-t border-line" />
          {drawingEntries.map((entry) => (
            <RailButton key={entry.tool} entry={entry} current={tool} onTool={onTool} />
          ))}
        </>
      )}
    </div>
  );
}

function RailButton({ entry, current, onTool }: { entry: Entry; current: Tool; onTool(tool: Tool): void }) {
  const { tool, name, shortcut, icon: Icon } = entry;
  return (
    <button
      type="button"
      aria-pressed={current === tool}
      aria-label={`${name} (${shortcut})`}
      aria-keyshortcuts={shortcut}
      title={`${name} (${shortcut})`}
      onClick={() => onTool(tool)}
      className="flex w-[38px] flex-col items-center rounded-md border border-transparent py-1 text-muted hover:text-text aria-pressed:border-[#2f5a68] aria-pressed:bg-[#20303a] aria-pressed:text-ai"
    >
      <Icon aria-hidden="true" size={17} strokeWidth={1.75} />
      <span aria-hidden="true" className="font-mono text-[10px] leading-[12px]">
        {shortcut}
      </span>
    </button>
  );
}
