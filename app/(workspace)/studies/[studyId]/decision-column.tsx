import { type Decision, decisionsFor } from "@/app/_viewer/label/decisions";
import { classWord, labelState, labelStateShapes } from "@/app/_viewer/label/label-state";
import type { SliceView } from "@/lib/features/studies/schema";
import { LabelHistory } from "./history/label-history";
import { PredictionCard } from "./prediction-card";
import { SaveOutcome } from "./save-outcome";
import type { Save } from "./use-label-saves";

interface Props {
  slice: SliceView;
  threshold: number | null;
  mayLabel: boolean;
  /** False until the slice's picture is on the screen: nobody decides on what they have not seen. */
  seen: boolean;
  save: Save | undefined;
  reason: string;
  onReason(reason: string): void;
  onDecide(decision: Decision): void;
  onNextFlagged(): void;
  /** What came of looking for the next flagged slice. */
  nextMessage: string | null;
  onRetry(): void;
  onDrop(): void;
  onTakeTheirs(): void;
  onSaveOnTop(): void;
}

/** What the model says, what the reader decides, and what was said before. */
export function DecisionColumn(props: Props) {
  const { slice, threshold, mayLabel, seen, save, reason, nextMessage } = props;
  return (
    <aside
      aria-label="Decision"
      className="flex min-h-0 flex-col gap-3.5 overflow-y-auto border-l border-line bg-panel p-3.5 text-[13px]"
    >
      <PredictionCard slice={slice} threshold={threshold} />
      <section aria-labelledby="your-decision" className="grid gap-1.5">
        <h2 id="your-decision" className="text-[11px] font-semibold tracking-[.08em] text-muted uppercase">
          Your decision
        </h2>
        <CurrentLabel slice={slice} />
        {mayLabel &&
          decisionsFor(slice).map((decision) => (
            <DecisionButton
              key={decision.title}
              decision={decision}
              disabled={!seen || save?.state === "saving"}
              onDecide={props.onDecide}
            />
          ))}
        {mayLabel && (
          <label className="mt-1 grid gap-1">
            <span className="text-muted">Reason (optional)</span>
            <input
              type="text"
              value={reason}
              maxLength={1000}
              onChange={(event) => props.onReason(event.target.value)}
              onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
              className="rounded-md border border-line bg-bg px-2.5 py-1.5"
            />
          </label>
        )}
        <SaveOutcome
          save={save}
          onRetry={props.onRetry}
          onDrop={props.onDrop}
          onTakeTheirs={props.onTakeTheirs}
          onSaveOnTop={props.onSaveOnTop}
        />
        <KeyedButton title="Next flagged" shortcut="N" onClick={props.onNextFlagged} />
        <p role="status" className="text-muted">
          {nextMessage}
        </p>
      </section>
      <LabelHistory slice={slice} />
    </aside>
  );
}

function CurrentLabel({ slice }: { slice: SliceView }) {
  const state = labelState(slice);
  return (
    <p>
      <span className="text-muted">Label now: </span>
      {slice.label ? `${classWord(slice.label.labelClass)} ` : "none "}
      <span className="text-muted">
        {labelStateShapes[state]} {state}
      </span>
    </p>
  );
}

interface DecisionButtonProps {
  decision: Decision;
  disabled: boolean;
  onDecide(decision: Decision): void;
}

function DecisionButton({ decision, disabled, onDecide }: DecisionButtonProps) {
  return (
    <KeyedButton
      title={decision.title}
      shortcut={decision.key}
      disabled={disabled}
      primary={decision.key === "A"}
      onClick={() => onDecide(decision)}
    />
  );
}

interface KeyedButtonProps {
  title: string;
  shortcut: string | null;
  disabled?: boolean;
  primary?: boolean;
  onClick(): void;
}

function KeyedButton({ title, shortcut, disabled, primary, onClick }: KeyedButtonProps) {
  const look = primary
    ? "border-[#2c5a41] bg-[#1d3a2b] text-[#c9f2d9] hover:border-ok"
    : "border-line bg-panel2 hover:border-muted";
  return (
    <button
      type="button"
      // Disabled by word and not by attribute: the focus stays where it is while a save runs.
      aria-disabled={disabled}
      aria-label={shortcut ? `${title} (${shortcut})` : title}
      aria-keyshortcuts={shortcut ?? undefined}
      className={`flex cursor-pointer items-center justify-between rounded-md border px-2.5 py-2 text-left aria-disabled:cursor-default aria-disabled:opacity-60 ${look}`}
      onClick={() => !disabled && onClick()}
    >
      {title}
      {shortcut && (
        <kbd className="rounded border border-b-2 border-line bg-panel2 px-1.5 font-mono text-[11px] text-muted">
          {shortcut}
        </kbd>
      )}
    </button>
  );
}
