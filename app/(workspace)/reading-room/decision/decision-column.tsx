import type { ReactNode } from "react";
import { type LabelReason, labelReasons } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";
import type { Decision } from "../label/decisions";
import { classWord, labelState, labelStateShapes, reasonWord } from "../label/label-state";
import type { AfterDecision } from "../room/next-slice";
import { KeyedButton } from "./keyed-button";

interface Props {
  slice: SliceView;
  mayLabel: boolean;
  /** False until the slice's picture is on the screen: nobody decides on what they have not seen. */
  ready: boolean;
  /** A save of this slice is under way. */
  busy: boolean;
  decisions: readonly Decision[];
  reason: LabelReason | null;
  note: string;
  /** What came of looking for the next slice. */
  nextMessage: string | null;
  afterDecision: AfterDecision;
  heatmapOn: boolean;
  onReason(reason: LabelReason | null): void;
  onNote(note: string): void;
  onDecide(decision: Decision): void;
  onNextFlagged(): void;
  onAfterDecision(to: AfterDecision): void;
  onHeatmap(): void;
  /** What the model says. */
  prediction: ReactNode;
  /** What goes on besides: others who draw here, a label saved meanwhile, what became of a save. */
  notices: ReactNode;
  /** Why the model may have said so. */
  reasons: ReactNode;
  /** What was said before. */
  history: ReactNode;
}

/** What the model says, what the reader decides, and what was said before. */
export function DecisionColumn(props: Props) {
  const { slice, mayLabel, ready, busy, decisions, reason, note } = props;
  return (
    <aside
      aria-label="Decision"
      className="flex min-h-0 flex-col gap-2.5 overflow-y-auto border-l border-line bg-panel p-3 text-[13px]"
    >
      {props.prediction}
      <section aria-labelledby="your-decision" className="grid gap-1.5">
        <div className="flex items-baseline justify-between gap-2">
          <h2
            id="your-decision"
            className="text-[11px] font-semibold tracking-[.08em] whitespace-nowrap text-muted uppercase"
          >
            Your decision
          </h2>
          <CurrentLabel slice={slice} />
        </div>
        {props.notices}
        {mayLabel &&
          decisions.map((decision) => (
            <KeyedButton
              key={decision.title}
              title={decision.title}
              shortcut={decision.key}
              disabled={!ready || busy}
              primary={decision === decisions[0]}
              onClick={() => props.onDecide(decision)}
            />
          ))}
        {mayLabel && (
          <div className="grid grid-cols-2 gap-1.5">
            <label className="grid gap-0.5">
              <span className="text-muted">Reason</span>
              <select
                value={reason ?? ""}
                onChange={(event) => {
                  props.onReason((event.target.value || null) as LabelReason | null);
                  // The letter keys are the viewer's again.
                  event.currentTarget.blur();
                }}
                className="min-w-0 rounded-md border border-edge bg-bg px-1.5 py-1"
              >
                <option value="">none given</option>
                {labelReasons.map((one) => (
                  <option key={one} value={one}>
                    {reasonWord(one)}
                  </option>
                ))}
              </select>
            </label>
            <label className="grid gap-0.5">
              <span className="text-muted">Note (optional)</span>
              <input
                type="text"
                value={note}
                maxLength={1000}
                onChange={(event) => props.onNote(event.target.value)}
                onKeyDown={(event) =>
                  (event.key === "Escape" || event.key === "Enter") && event.currentTarget.blur()
                }
                className="min-w-0 rounded-md border border-edge bg-bg px-1.5 py-1"
              />
            </label>
          </div>
        )}
        <div className="grid grid-cols-2 gap-1.5">
          <KeyedButton title="Heatmap" shortcut="H" pressed={props.heatmapOn} onClick={props.onHeatmap} />
          <KeyedButton title="Next flagged" shortcut="N" onClick={props.onNextFlagged} />
        </div>
        {mayLabel && (
          <label className="flex items-center gap-1.5 whitespace-nowrap">
            <span className="text-muted">After a decision</span>
            <select
              value={props.afterDecision}
              className="min-w-0 flex-1 rounded-md border border-edge bg-bg px-1.5 py-0.5"
              onChange={(event) => {
                props.onAfterDecision(event.target.value as AfterDecision);
                event.currentTarget.blur();
              }}
            >
              <option value="stay">stay</option>
              <option value="flagged">next flagged</option>
              <option value="unlabelled">next without a label</option>
            </select>
          </label>
        )}
        <p role="status" className="text-muted empty:hidden">
          {props.nextMessage}
        </p>
      </section>
      {props.reasons}
      {props.history}
    </aside>
  );
}

function CurrentLabel({ slice }: { slice: SliceView }) {
  const state = labelState(slice);
  return (
    <p className="text-right whitespace-nowrap">
      <span className="sr-only">Label: </span>
      {slice.label ? `${classWord(slice.label.labelClass)} ` : "none "}
      <span className="text-muted">
        {labelStateShapes[state]} {state}
      </span>
    </p>
  );
}
