import type { ReactNode } from "react";
import { Toolbar } from "../keys/toolbar";
import { useCommand } from "../keys/use-command";
import { signInHref } from "../label/sign-in-href";
import type { PlainCommandId } from "../room/commands";
import { placeWords } from "../room/drawing/place-words";
import { brushText, largestTolerance } from "../room/drawing/tools";
import { editMessage, openPolygon, strokesStanding } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";

/** What can be done to the mask of the slice, and where its strokes are kept. */
export function DrawingBar() {
  return (
    <div className="relative z-10 flex h-[34px] min-w-0 items-center gap-0.5 overflow-x-clip border-b border-line bg-panel px-2 text-[13px] whitespace-nowrap">
      <Toolbar label="Mask" className="flex shrink-0 items-center gap-0.5">
        <ToolSettings />
        <CommandButton id="undo">Undo</CommandButton>
        <CommandButton id="redo">Redo</CommandButton>
        <Divider />
        <CommandButton id="accept-and-edit">Model mask</CommandButton>
        <CommandButton id="copy-before">Copy</CommandButton>
        <CommandButton id="interpolate">Interpolate</CommandButton>
        <CommandButton id="fill-holes">Fill holes</CommandButton>
        <CommandButton id="clear-mask">Clear</CommandButton>
      </Toolbar>
      <DrawingState />
    </div>
  );
}

/** What the tool at hand can be set to. */
function ToolSettings() {
  const room = useRoomItself();
  const tool = useRoom(({ view }) => view.tool);
  const { radius, tolerance } = useRoom(({ view }) => view.toolSettings);
  const isOpen = useRoom((state) => openPolygon(state) !== null);
  const sized = tool === "brush" || tool === "eraser" || tool === "threshold";
  const tolerant = tool === "threshold" || tool === "flood";
  if (!sized && !tolerant && !isOpen) return null;
  return (
    <>
      {sized && (
        <>
          <CommandButton id="smaller">−</CommandButton>
          <output aria-label="Brush width" className="w-[42px] text-center tabular-nums">
            {brushText(radius)}
          </output>
          <CommandButton id="larger">+</CommandButton>
        </>
      )}
      {tolerant && (
        <label
          className="flex items-center gap-1.5 px-1.5 text-muted"
          title="Gray values that differ by at most this"
        >
          ±{tolerance}
          <input
            type="range"
            aria-label="Tolerance, gray values"
            min={0}
            max={largestTolerance}
            value={tolerance}
            className="w-16 accent-human"
            onChange={(event) => room.run("set-tolerance", Number(event.target.value))}
          />
        </label>
      )}
      {isOpen && <CommandButton id="close-polygon">Close</CommandButton>}
      <Divider />
    </>
  );
}

/**
 * Where the strokes are, and the last edit's outcome. A long one hangs over the pictures: a bar that grew would move
 * them under the pen.
 */
function DrawingState() {
  const room = useRoomItself();
  const drawing = useRoom(({ now }) => now.drawing);
  const strokes = useRoom(strokesStanding);
  const message = useRoom(editMessage);
  const kept = drawing && strokes > 0 ? placeWords(drawing) : null;
  const count = `${strokes} ${strokes === 1 ? "stroke" : "strokes"}`;
  return (
    <div className="flex min-h-[33px] min-w-0 flex-1 items-center justify-end gap-1.5 self-start bg-panel pl-3">
      <span
        role="status"
        aria-label="Drawing"
        className={`min-w-0 leading-4 whitespace-normal ${kept ? (kept.safe ? "text-human" : "text-flag") : "text-muted"}`}
      >
        {message ?? (kept && `${kept.safe ? "✎" : "▲"} ${count}: ${kept.words}`)}
      </span>
      {drawing?.place === "signed-out" && (
        <a className="shrink-0 text-accent underline" href={signInHref()}>
          Sign in
        </a>
      )}
      {drawing?.place === "elsewhere" && (
        <>
          <BarButton title="Keep the strokes drawn here" onClick={() => room.run("settle-elsewhere", "here")}>
            Keep these
          </BarButton>
          <BarButton
            title="Take the strokes drawn elsewhere"
            onClick={() => room.run("settle-elsewhere", "elsewhere")}
          >
            Take the others
          </BarButton>
        </>
      )}
      {strokes > 0 && (
        <BarButton title="Discard the drawing" onClick={() => room.run("discard")}>
          Discard
        </BarButton>
      )}
    </div>
  );
}

function CommandButton({ id, children }: { id: PlainCommandId; children: ReactNode }) {
  const { title, ariaKeys, isDisabled, run } = useCommand(id);
  return (
    <BarButton title={title} ariaKeys={ariaKeys} disabled={isDisabled} onClick={run}>
      {children}
    </BarButton>
  );
}

interface BarButtonProps {
  title: string;
  ariaKeys?: string | undefined;
  disabled?: boolean;
  onClick(): void;
  children: ReactNode;
}

function BarButton({ title, ariaKeys, disabled, onClick, children }: BarButtonProps) {
  return (
    <button
      type="button"
      aria-label={title}
      aria-keyshortcuts={ariaKeys}
      title={title}
      aria-disabled={disabled || undefined}
      onClick={() => !disabled && onClick()}
      className="shrink-0 rounded-[5px] px-1.5 py-[3px] text-muted hover:text-text aria-disabled:opacity-50 aria-disabled:hover:text-muted"
    >
      {children}
    </button>
  );
}

function Divider() {
  return <span aria-hidden="true" className="mx-1 h-4 border-l border-line" />;
}
