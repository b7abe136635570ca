import type { ReactNode } from "react";
import { signInHref } from "../label/sign-in-href";
import type { Drawing } from "../room/drawing/drawing";
import { placeWords } from "../room/drawing/place-words";
import { brushText, largestTolerance, type ToolSettings } from "../room/drawing/tools";
import type { Tool } from "../room/remembered";

interface Props {
  tool: Tool;
  settings: ToolSettings;
  /** The slice's drawing; null where nothing was drawn. */
  drawing: Drawing | null;
  /** True while a polygon is open. */
  polygonOpen: boolean;
  hasProposal: boolean;
  /** What came of the last edit. */
  message: string | null;
  onResize(by: 1 | -1): void;
  onTolerance(tolerance: number): void;
  onUndo(): void;
  onRedo(): void;
  onFillHoles(): void;
  onInterpolate(): void;
  onCopyBefore(): void;
  onAcceptAndEdit(): void;
  onClear(): void;
  onClosePolygon(): void;
  onDiscard(): void;
  onSettleElsewhere(keep: "here" | "elsewhere"): void;
}

/** What can be done to the mask of the slice, and where its strokes are kept. */
export function DrawingBar(props: Props) {
  const { tool, settings, drawing, polygonOpen } = props;
  const sized = tool === "brush" || tool === "eraser" || tool === "threshold";
  const tolerant = tool === "threshold" || tool === "flood";
  const strokes = drawing?.draft.done ?? 0;
  const undone = drawing ? drawing.draft.strokes.length - strokes : 0;
  return (
    <div className="flex h-[34px] min-w-0 items-center gap-0.5 overflow-hidden border-b border-line bg-panel px-2 text-[13px] whitespace-nowrap">
      <div role="toolbar" aria-label="Mask" className="flex shrink-0 items-center gap-0.5">
        {sized && (
          <>
            <BarButton name="Smaller brush" keys="[" onClick={() => props.onResize(-1)}>
              −
            </BarButton>
            <output aria-label="Brush width" className="w-[42px] text-center tabular-nums">
              {brushText(settings.radius)}
            </output>
            <BarButton name="Larger brush" keys="]" onClick={() => props.onResize(1)}>
              +
            </BarButton>
          </>
        )}
        {tolerant && (
          <label
            className="flex items-center gap-1.5 px-1.5 text-muted"
            title="Grey values that differ by at most this"
          >
            ±{settings.tolerance}
            <input
              type="range"
              aria-label="Tolerance, grey values"
              min={0}
              max={largestTolerance}
              value={settings.tolerance}
              className="w-16 accent-human"
              onChange={(event) => props.onTolerance(Number(event.target.value))}
              onPointerUp={(event) => event.currentTarget.blur()}
            />
          </label>
        )}
        {polygonOpen && (
          <BarButton name="Close polygon" keys="Enter" onClick={props.onClosePolygon}>
            Close
          </BarButton>
        )}
        {(sized || tolerant || polygonOpen) && <Divider />}
        <BarButton name="Undo" keys="Ctrl Z" disabled={strokes === 0} onClick={props.onUndo}>
          Undo
        </BarButton>
        <BarButton name="Redo" keys="Ctrl Y" disabled={undone === 0} onClick={props.onRedo}>
          Redo
        </BarButton>
        <Divider />
        <BarButton
          name="Take the model’s mask and edit it"
          keys="Shift A"
          disabled={!props.hasProposal}
          onClick={props.onAcceptAndEdit}
        >
          Model’s
        </BarButton>
        <BarButton name="Copy the mask of the slice before" keys="C" onClick={props.onCopyBefore}>
          Copy
        </BarButton>
        <BarButton name="Interpolate between drawn slices" keys="J" onClick={props.onInterpolate}>
          Interpolate
        </BarButton>
        <BarButton name="Fill holes" keys="K" onClick={props.onFillHoles}>
          Fill holes
        </BarButton>
        <BarButton name="Clear the mask" keys="Shift Del" onClick={props.onClear}>
          Clear
        </BarButton>
      </div>
      <DrawingState {...props} strokes={strokes} />
    </div>
  );
}

/** Where the strokes are, and the last edit's outcome. */
function DrawingState({
  drawing,
  strokes,
  message,
  onDiscard,
  onSettleElsewhere,
}: Props & { strokes: number }) {
  const kept = drawing && strokes > 0 ? placeWords(drawing) : null;
  const count = `${strokes} ${strokes === 1 ? "stroke" : "strokes"}`;
  return (
    <div className="flex min-w-0 flex-1 items-center justify-end gap-1.5 pl-3">
      <span
        role="status"
        aria-label="Drawing"
        className={`min-w-0 truncate ${kept ? (kept.safe ? "text-human" : "text-flag") : "text-muted"}`}
        title={message ?? (kept ? `${count} not saved: ${kept.words}` : undefined)}
      >
        {message ?? (kept && `${kept.safe ? "✎" : "▲"} ${count}, ${kept.words}`)}
      </span>
      {drawing?.place === "signed-out" && (
        <a className="shrink-0 text-accent underline" href={signInHref()}>
          Sign in
        </a>
      )}
      {drawing?.place === "elsewhere" && (
        <>
          <BarButton name="Keep the strokes drawn here" onClick={() => onSettleElsewhere("here")}>
            Keep these
          </BarButton>
          <BarButton name="Take the strokes drawn elsewhere" onClick={() => onSettleElsewhere("elsewhere")}>
            Take the others
          </BarButton>
        </>
      )}
      {strokes > 0 && (
        <BarButton name="Discard the drawing" onClick={onDiscard}>
          Discard
        </BarButton>
      )}
    </div>
  );
}

interface BarButtonProps {
  name: string;
  keys?: string;
  disabled?: boolean;
  onClick(): void;
  children: ReactNode;
}

function BarButton({ name, keys, disabled, onClick, children }: BarButtonProps) {
  const title = keys ? `${name} (${keys})` : name;
  return (
    <button
      type="button"
      aria-label={title}
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
