import { BookOpen } from "lucide-react";
import { Toolbar } from "../keys/toolbar";
import { keyOf, useCommand } from "../keys/use-command";
import { MaskSwitches } from "../masks/mask-switches";
import type { PlainCommandId } from "../room/commands";
import { type Layout, layouts, viewsIn } from "../room/picture/hanging";
import { windowPresets } from "../room/picture/window";
import { useRoom, useRoomItself } from "../use-room";

const tool =
  "min-h-6 min-w-6 rounded-[5px] px-1.5 whitespace-nowrap text-muted hover:text-text aria-pressed:bg-[#20303a] aria-pressed:text-ai";
const cap = "max-[1500px]:hidden";

/** What the keys do, for the mouse, and what the masks' lines mean. `hasProtocol`: the group has written one. */
export function ViewToolbar({ hasProtocol }: { hasProtocol: boolean }) {
  return (
    <Toolbar
      label="Picture"
      className="flex h-[34px] items-center gap-0.5 overflow-hidden border-b border-line bg-panel px-2 text-[13px]"
    >
      {layouts.map((layout) => (
        <LayoutButton key={layout} layout={layout} />
      ))}
      <Divider />
      {presets.map((id, at) => (
        <PresetButton key={id} id={id} at={at} />
      ))}
      <InvertButton />
      <ResetButton />
      <Cine />
      <Divider />
      <MaskSwitches />
      <MaskOpacity />
      <ClearMeasurements />
      <MaskProblem />
      <span className="flex-1" />
      <ProtocolButton hasProtocol={hasProtocol} />
      <KeysButton />
    </Toolbar>
  );
}

const presets = ["preset-1", "preset-2", "preset-3", "preset-4", "preset-5"] as const;

function LayoutButton({ layout }: { layout: Layout }) {
  const room = useRoomItself();
  const isOn = useRoom(({ view }) => view.layout === layout);
  return (
    <button
      type="button"
      className={tool}
      aria-pressed={isOn}
      title={`${keyOf("layout")} goes from one to the next`}
      onClick={() => room.run("set-layout", layout)}
    >
      {viewsIn(layout)} {viewsIn(layout) === 1 ? "view" : "views"}
    </button>
  );
}

function PresetButton({ id, at }: { id: PlainCommandId; at: number }) {
  const { title, ariaKeys, run } = useCommand(id);
  return (
    <button
      type="button"
      className={tool}
      aria-label={title}
      aria-keyshortcuts={ariaKeys}
      title={title}
      onClick={run}
    >
      {at + 1}
      <span className="max-[1750px]:hidden"> {windowPresets[at]!.short}</span>
    </button>
  );
}

function InvertButton() {
  const { name, shownKey, ariaKeys, run } = useCommand("invert");
  const isOn = useRoom(({ view }) => view.invert);
  return (
    <button type="button" className={tool} aria-pressed={isOn} aria-keyshortcuts={ariaKeys} onClick={run}>
      {name} <kbd className={cap}>{shownKey}</kbd>
    </button>
  );
}

function ResetButton() {
  const { name, shownKey, ariaKeys, run } = useCommand("reset");
  return (
    <button type="button" className={tool} aria-keyshortcuts={ariaKeys} onClick={run}>
      {name} <kbd className={cap}>{shownKey}</kbd>
    </button>
  );
}

function Cine() {
  const room = useRoomItself();
  const { name, shownKey, title, ariaKeys, run } = useCommand("cine");
  const isOn = useRoom(({ now }) => now.cine);
  const rate = useRoom(({ view }) => view.cineRate);
  return (
    <>
      <button
        type="button"
        className={tool}
        aria-pressed={isOn}
        aria-keyshortcuts={ariaKeys}
        title={title}
        onClick={run}
      >
        {name} <kbd className={cap}>{shownKey}</kbd>
      </button>
      {isOn && <CineRate rate={rate} onRate={(to) => room.run("set-cine-rate", to)} />}
    </>
  );
}

function MaskOpacity() {
  const room = useRoomItself();
  const opacity = useRoom(({ view }) => view.maskOpacity);
  return (
    <input
      type="range"
      min={0}
      max={0.8}
      step={0.05}
      value={opacity}
      aria-label="Mask opacity"
      title="Mask opacity"
      className="w-14 accent-human"
      onChange={(event) => room.run("set-mask-opacity", Number(event.target.value))}
    />
  );
}

/** There while the left button measures. */
function ClearMeasurements() {
  const room = useRoomItself();
  const isMeasuring = useRoom(({ view }) => view.tool === "length" || view.tool === "area");
  if (!isMeasuring) return null;
  return (
    <button type="button" className={tool} onClick={() => room.run("clear-measurements")}>
      Clear measurements
    </button>
  );
}

function MaskProblem() {
  const problem = useRoom(({ now }) => now.masksProblem);
  if (!problem) return null;
  return (
    <span role="alert" className="truncate px-2 text-flag">
      {problem}
    </span>
  );
}

/** Opens the group's protocol over the pictures. */
function ProtocolButton({ hasProtocol }: { hasProtocol: boolean }) {
  const { name, run } = useCommand("protocol");
  const isOpen = useRoom(({ now }) => now.protocolOpen);
  const words = hasProtocol ? "The group’s annotation protocol" : "No protocol is written yet";
  return (
    <button
      type="button"
      className={`flex shrink-0 items-center gap-1 ${tool}`}
      aria-label={hasProtocol ? name : `${name}, none is written yet`}
      aria-pressed={isOpen}
      title={words}
      onClick={run}
    >
      <BookOpen aria-hidden="true" size={15} strokeWidth={1.75} />
      {name}
    </button>
  );
}

function KeysButton() {
  const { name, shownKey, title, ariaKeys, run } = useCommand("keys");
  return (
    <button type="button" className={tool} aria-label={title} aria-keyshortcuts={ariaKeys} onClick={run}>
      {name} <kbd className={cap}>{shownKey}</kbd>
    </button>
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
      />
      {rate}/s
    </label>
  );
}

function Divider() {
  return <span aria-hidden="true" className="mx-1 h-4 shrink-0 border-l border-line" />;
}
