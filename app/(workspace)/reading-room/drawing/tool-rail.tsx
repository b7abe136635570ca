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
import { Toolbar } from "../keys/toolbar";
import { useCommand } from "../keys/use-command";
import { mayLabel } from "../room/selectors";
import type { Tool } from "../room/state";
import { useRoom } from "../use-room";

const pictureTools: readonly (readonly [Tool, LucideIcon])[] = [
  ["window", Contrast],
  ["pan", Move],
  ["zoom", ZoomIn],
  ["length", Ruler],
  ["area", SquareDashed],
];
const drawingTools: readonly (readonly [Tool, LucideIcon])[] = [
  ["brush", Brush],
  ["eraser", Eraser],
  ["threshold", SprayCan],
  ["polygon", Pentagon],
  ["flood", PaintBucket],
];

/** What the left mouse button does, by icon and key. */
export function ToolRail() {
  const draws = useRoom(mayLabel);
  return (
    <Toolbar
      label="Tools"
      orientation="vertical"
      part="tools"
      className="flex w-[46px] flex-col items-center gap-0.5 overflow-y-auto border-r border-line bg-panel py-1.5 [scrollbar-width:none]"
    >
      {pictureTools.map(([tool, icon]) => (
        <RailButton key={tool} tool={tool} icon={icon} />
      ))}
      {draws && (
        <>
          <span aria-hidden="true" className="my-1 w-6 border-t border-line" />
          {drawingTools.map(([tool, icon]) => (
            <RailButton key={tool} tool={tool} icon={icon} />
          ))}
        </>
      )}
    </Toolbar>
  );
}

function RailButton({ tool, icon: Icon }: { tool: Tool; icon: LucideIcon }) {
  const { title, shownKey, ariaKeys, run } = useCommand(`tool-${tool}`);
  const isOn = useRoom(({ view }) => view.tool === tool);
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-label={title}
      aria-keyshortcuts={ariaKeys}
      title={title}
      onClick={run}
      className="flex w-[38px] flex-col items-center rounded-md border border-transparent py-1 text-muted hover:text-text aria-pressed:border-[#2f5a68] aria-pressed:bg-[#20303a] aria-pressed:text-ai"
    >
      <Icon aria-hidden="true" size={17} strokeWidth={1.75} />
      <span aria-hidden="true" className="font-mono text-[10px] leading-[12px]">
        {shownKey}
      </span>
    </button>
  );
}
