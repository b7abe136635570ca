import type { SliceView } from "@/lib/features/studies/schema";
import { MaskSwitches } from "../masks/mask-switches";
import type { useMasksShown } from "../room/masks/masks-shown";
import { maskUrlsOf } from "../room/masks/slice-masks";
import { layouts, viewsIn } from "../room/picture/hanging";
import { deleteMeasurements } from "../room/picture/measurements";
import { windowPresets } from "../room/picture/window";
import type { usePicture } from "../room/selectors";

/** What the server does not have as a label yet. */
export interface UnsavedSlice {
  sliceId: string;
  position: number;
  /** A drawing, or a decision that did not arrive. */
  kind: "drawing" | "decision";
}

interface Props {
  picture: ReturnType<typeof usePicture>;
  masksShown: ReturnType<typeof useMasksShown>;
  slice: SliceView;
  /** True where strokes stand on the slice. */
  drawn: boolean;
  maskProblem: string | null;
  unsaved: readonly UnsavedSlice[];
  /** True while the left button measures. */
  measuring: boolean;
  onGoTo(sliceId: string): void;
  onKeys(): void;
}

const tool =
  "rounded-[5px] px-1.5 py-[3px] whitespace-nowrap text-muted hover:text-text aria-pressed:bg-[#20303a] aria-pressed:text-ai";
const cap = "max-[1500px]:hidden";

/** What the keys do, for the mouse, and what the masks' lines mean. */
export function ViewToolbar({ picture, masksShown, slice, drawn, maskProblem, unsaved, ...props }: Props) {
  const urls = maskUrlsOf(slice);
  const present = {
    proposed: urls.proposed !== "",
    imported: urls.imported !== "",
    current: urls.current !== "" || drawn,
  };
  return (
    <div
      role="toolbar"
      aria-label="Picture"
      className="flex h-[34px] items-center gap-0.5 overflow-hidden border-b border-line bg-panel px-2 text-[13px]"
    >
      {layouts.map((layout) => (
        <button
          key={layout}
          type="button"
          className={tool}
          aria-label={layout}
          aria-pressed={picture.layout === layout}
          title={`${layout} (L walks through them)`}
          onClick={() => picture.setLayout(layout)}
        >
          {viewsIn(layout)}-up
        </button>
      ))}
      <Divider />
      {windowPresets.map(({ name }, index) => (
        <button
          key={name}
          type="button"
          className={tool}
          aria-label={`${name} (${index + 1})`}
          title={`${name} (${index + 1})`}
          onClick={() => picture.preset(index)}
        >
          {index + 1}
        </button>
      ))}
      <button type="button" className={tool} aria-pressed={picture.invert} onClick={picture.toggleInvert}>
        Invert <kbd className={cap}>I</kbd>
      </button>
      <button type="button" className={tool} onClick={picture.reset}>
        Reset <kbd className={cap}>R</kbd>
      </button>
      <button
        type="button"
        className={tool}
        aria-pressed={picture.cine !== null}
        title="Cine (Space)"
        onClick={picture.toggleCine}
      >
        Cine <kbd className={cap}>Space</kbd>
      </button>
      {picture.cine !== null && <CineRate rate={picture.cineRate} onRate={picture.setCineRate} />}
      <Divider />
      <MaskSwitches shown={masksShown.shown} present={present} onToggle={masksShown.toggle} />
      <input
        type="range"
        min={0}
        max={0.8}
        step={0.05}
        value={picture.maskOpacity}
        aria-label="Mask opacity"
        title="Mask opacity"
        className="w-14 accent-human"
        onChange={(event) => picture.setMaskOpacity(Number(event.target.value))}
        onPointerUp={(event) => event.currentTarget.blur()}
      />
      {props.measuring && (
        <button type="button" className={tool} onClick={() => deleteMeasurements("all")}>
          Clear measurements
        </button>
      )}
      {maskProblem && (
        <span role="alert" className="truncate px-2 text-flag">
          {maskProblem}
        </span>
      )}
      <span className="flex-1" />
      <UnsavedList unsaved={unsaved} onGoTo={props.onGoTo} />
      <button type="button" className={tool} aria-label="Keys (?)" onClick={props.onKeys}>
        Keys <kbd className={cap}>?</kbd>
      </button>
    </div>
  );
}

/** As many as the row has room for are named; the others are counted. */
const named = 2;

function UnsavedList({ unsaved, onGoTo }: Pick<Props, "unsaved" | "onGoTo">) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lie in the toolbar's row
    <span role="group" aria-label="Not saved" className="flex shrink-0 items-center">
      {unsaved.slice(0, named).map(({ sliceId, position, kind }) => (
        <button
          key={`${sliceId} ${kind}`}
          type="button"
          aria-label={`Slice ${position}: ${kind} not saved`}
          className={`rounded-[5px] px-1.5 whitespace-nowrap hover:underline ${kind === "drawing" ? "text-human" : "text-flag"}`}
          onClick={() => onGoTo(sliceId)}
        >
          {kind === "drawing" ? "✎" : "▲"} {position} not saved
        </button>
      ))}
      {unsaved.length > named && (
        <span className="px-1 whitespace-nowrap text-muted">and {unsaved.length - named} more</span>
      )}
    </span>
  );
}

function CineRate({ rate, onRate }: { rate: number; onRate(rate: number): void }) {
  return (
    <label className="flex items-center gap-1 text-muted">
      <input
        type="range"
        aria-label="Slices a second"
        min={2}
        max={20}
        value={rate}
        className="w-14 accent-ai"
        onChange={(event) => onRate(Number(event.target.value))}
        onPointerUp={(event) => event.currentTarget.blur()}
      />
      {rate}/s
    </label>
  );
}

function Divider() {
  return <span aria-hidden="true" className="mx-1 h-4 shrink-0 border-l border-line" />;
}
