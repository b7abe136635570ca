import { type Layout, layouts } from "@/app/_viewer/picture/hanging";
import { windowPresets } from "@/app/_viewer/picture/window";

interface Props {
  layout: Layout;
  invert: boolean;
  masksOn: boolean;
  maskOpacity: number;
  maskProblem: string | null;
  /** Decisions that the server does not have, by slice number. */
  unsaved: readonly { sliceId: string; position: number }[];
  onLayout(layout: Layout): void;
  onPreset(index: number): void;
  onInvert(): void;
  onReset(): void;
  onMasks(): void;
  onMaskOpacity(opacity: number): void;
  onGoTo(sliceId: string): void;
  onKeys(): void;
}

const tool =
  "cursor-pointer rounded-[5px] px-1.5 py-[3px] whitespace-nowrap text-muted hover:text-text aria-pressed:bg-[#20303a] aria-pressed:text-ai";
const cap =
  "rounded border border-b-2 border-line bg-panel2 px-[5px] font-mono text-[11px] text-muted max-[1360px]:hidden";

/** What the keys do, for the mouse, and what the masks' lines mean. */
export function ViewToolbar(props: Props) {
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
          aria-pressed={props.layout === layout}
          onClick={() => props.onLayout(layout)}
        >
          {layout}
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
          onClick={() => props.onPreset(index)}
        >
          {index + 1}
        </button>
      ))}
      <button type="button" className={tool} aria-pressed={props.invert} onClick={props.onInvert}>
        Invert <kbd className={cap}>I</kbd>
      </button>
      <button type="button" className={tool} onClick={props.onReset}>
        Reset <kbd className={cap}>R</kbd>
      </button>
      <Divider />
      <button type="button" className={tool} aria-pressed={props.masksOn} onClick={props.onMasks}>
        Masks <kbd className={cap}>M</kbd>
      </button>
      <input
        type="range"
        min={0}
        max={0.8}
        step={0.05}
        value={props.maskOpacity}
        aria-label="Mask opacity"
        title="Mask opacity"
        className="w-16 accent-human"
        onChange={(event) => props.onMaskOpacity(Number(event.target.value))}
        onPointerUp={(event) => event.currentTarget.blur()}
      />
      <MaskLegend />
      {props.maskProblem && (
        <span role="alert" className="truncate px-2 text-flag">
          {props.maskProblem}
        </span>
      )}
      <span className="flex-1" />
      {props.unsaved.map(({ sliceId, position }) => (
        <button
          key={sliceId}
          type="button"
          className="cursor-pointer rounded-[5px] px-1.5 whitespace-nowrap text-flag hover:underline"
          onClick={() => props.onGoTo(sliceId)}
        >
          ▲ slice {position} not saved
        </button>
      ))}
      <button type="button" className={tool} aria-label="Keys (?)" onClick={props.onKeys}>
        Keys <kbd className={cap}>?</kbd>
      </button>
    </div>
  );
}

function Divider() {
  return <span aria-hidden="true" className="mx-1 h-4 border-l border-line" />;
}

function MaskLegend() {
  return (
    <span className="flex items-center gap-2.5 pl-2 whitespace-nowrap text-muted max-[1100px]:hidden">
      <span className="flex items-center gap-1">
        <span aria-hidden="true" className="w-5 border-t-2 border-dashed border-ai" /> model
      </span>
      <span className="flex items-center gap-1">
        <span aria-hidden="true" className="w-5 border-t-2 border-human" /> label
      </span>
    </span>
  );
}
