import { useEffect, useId, useRef } from "react";
import { originWords, statementWords } from "@/app/_ui/label-words";
import { LabelHistory } from "../history/label-history";
import { useCommand } from "../keys/use-command";
import { type Decision, type DecisionKey, primaryDecision } from "../label/decisions";
import { labelState, labelStateShapes } from "../label/label-state";
import { PredictionCard } from "../prediction/prediction-card";
import { PredictionReasons } from "../prediction/prediction-reasons";
import { currentSlice, decisions, isReady, isSaving, mayLabel, strokesStanding } from "../room/selectors";
import type { AfterDecision } from "../room/state";
import { useRoom, useRoomItself } from "../use-room";
import { DecisionWords } from "./decision-words";
import { KeyedButton } from "./keyed-button";
import { PredictionLine } from "./prediction-line";
import { RoomSelect } from "./room-select";
import { SaveOutcome } from "./save-outcome";
import { SliceNotices } from "./slice-notices";

/**
 * What the model says, what the reader decides, and what was said before. Messages stand below the decisions, so that
 * no button moves under the pointer.
 */
export function DecisionColumn() {
  const isAllowed = useRoom(mayLabel);
  const isQueue = useRoom(({ now }) => now.queue !== null);
  const sliceId = useRoom((state) => currentSlice(state).id);
  const column = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another slice begins at the top
  useEffect(() => {
    // Newer browsers return a promise, which must not become the effect's cleanup.
    column.current?.scrollTo({ top: 0 });
  }, [sliceId]);
  const isDrawing = useRoom((state) => strokesStanding(state) > 0);
  return (
    <aside
      ref={column}
      aria-label="Decision"
      data-room-part="decision"
      className="flex min-h-0 flex-col gap-2.5 overflow-y-auto border-l border-line bg-panel p-3 text-[13px]"
    >
      <div className={isDrawing ? "low:hidden" : undefined}>
        <PredictionCard />
      </div>
      {isDrawing && <PredictionLine />}
      <section aria-labelledby="your-decision" className="grid gap-1.5">
        <h2
          id="your-decision"
          className="text-[11px] font-semibold tracking-[.08em] whitespace-nowrap text-muted uppercase"
        >
          Your decision
        </h2>
        <OnFile />
        {isAllowed && <Decisions />}
        <SaveOutcome />
        <SliceNotices />
        {isAllowed && <DecisionWords />}
        <div className="grid grid-cols-2 gap-1.5">
          <HeatmapButton />
          {/* In a queue the bar above has the same key, and calls it Skip. */}
          {!isQueue && <NextFlaggedButton />}
        </div>
        {isAllowed && !isQueue && <AfterDecisionChoice />}
      </section>
      <PredictionReasons />
      <LabelHistory />
    </aside>
  );
}

/** What is stored of the slice now. */
function OnFile() {
  const slice = useRoom(currentSlice);
  const { label } = slice;
  const state = labelState(slice);
  const origin = originWords(label?.maskOrigin ?? null);
  return (
    <p>
      <span className="text-muted">On file: </span>
      {label ? (
        <b className="font-semibold">
          {statementWords(label)}
          {!label.areaPixels && ", no mask"}
        </b>
      ) : (
        "no label"
      )}
      <span className="text-muted">
        {label?.areaPixels && origin && origin !== state ? ` (${origin})` : ""} {labelStateShapes[state]}{" "}
        {state}
      </span>
    </p>
  );
}

function Decisions() {
  const room = useRoomItself();
  const offered = useRoom(decisions);
  const isOpen = useRoom((state) => isReady(state) && !isSaving(state));
  const primary = primaryDecision(offered);
  const button = (decision: Decision) => (
    <KeyedButton
      key={decision.key}
      title={decision.title}
      detail={decision.stores}
      shortcut={decision.key}
      disabled={!isOpen || !decision.isOpen}
      primary={decision === primary}
      onClick={() => room.run("decide", decision)}
    />
  );
  const buttons = (...keys: DecisionKey[]) => offered.filter(({ key }) => keys.includes(key)).map(button);
  return (
    <>
      {buttons("A", "Y")}
      {/* As high as two lines of detail, whatever stands there: what is below stays in its place. */}
      <div className="grid auto-rows-[minmax(3.6rem,auto)] grid-cols-2 gap-1.5">
        {buttons("X", "Shift X")}
      </div>
      {buttons("U", "S")}
    </>
  );
}

function HeatmapButton() {
  const { name, shownKey, run } = useCommand("heatmap");
  const isOn = useRoom(({ view }) => view.heatmap);
  return <KeyedButton title={name} shortcut={shownKey} pressed={isOn} onClick={run} />;
}

function NextFlaggedButton() {
  const { name, shownKey, run } = useCommand("next-flagged");
  return <KeyedButton title={name} shortcut={shownKey} onClick={run} />;
}

function AfterDecisionChoice() {
  const room = useRoomItself();
  const id = useId();
  const chosen = useRoom(({ view }) => view.afterDecision);
  return (
    <label htmlFor={id} className="flex items-center gap-1.5 whitespace-nowrap">
      <span className="text-muted">After a decision</span>
      <RoomSelect
        id={id}
        value={chosen}
        className="flex-1 py-0.5"
        onChoose={(value) => room.run("set-after-decision", value as AfterDecision)}
        onDone={() => room.run("focus-pictures")}
      >
        <option value="stay">stay</option>
        <option value="flagged">next flagged</option>
        <option value="unlabelled">next without a label</option>
      </RoomSelect>
    </label>
  );
}
