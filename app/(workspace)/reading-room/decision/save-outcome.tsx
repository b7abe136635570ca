import { classWord, sourceWords } from "@/app/_ui/label-words";
import type { LabelView } from "@/lib/records/label-view";
import { ComparisonFigures } from "../history/comparison-figures";
import { spacingOf } from "../label/area-words";
import { decisionWords, onTopOf } from "../label/decisions";
import type { Save } from "../room/saves/save";
import { currentConflict, currentSave, currentSlice, strokesStanding } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";

const button =
  "rounded-md border border-edge bg-panel2 px-2 py-1 hover:border-muted aria-pressed:text-accent";

/** What became of the decision on this slice, and what the reader can do about it. */
export function SaveOutcome() {
  const save = useRoom(currentSave);
  const isDrawnOn = useRoom((state) => strokesStanding(state) > 0);
  return (
    <div role="status" className="empty:hidden">
      {save?.state === "saving" && <p className="text-muted">◔ Saving: {decisionWords(save.decision)}…</p>}
      {/* Strokes after a save are not in it. */}
      {save?.state === "saved" && !isDrawnOn && (
        <p className="text-ok">
          ✓ Saved as version {save.label?.version}: {decisionWords(save.decision)}
        </p>
      )}
      {save?.state === "failed" && <Failed save={save} />}
      {save?.state === "conflict" && save.label && <Conflict save={save} theirs={save.label} />}
    </div>
  );
}

function Failed({ save }: { save: Save }) {
  const room = useRoomItself();
  return (
    <div className="rounded-md border border-flag p-2.5">
      <p>
        <strong className="text-flag">Not saved:</strong> {decisionWords(save.decision)}. {save.message}
      </p>
      <div className="mt-2 flex gap-2">
        <button type="button" className={button} onClick={() => room.run("save-again")}>
          Save again
        </button>
        <button type="button" className={button} onClick={() => room.run("drop-decision")}>
          {save.drawn ? "Back to drawing" : "Discard my decision"}
        </button>
      </div>
    </div>
  );
}

/** Someone else was faster: what they said, what the reader said, and the ways on. */
function Conflict({ save, theirs }: { save: Save; theirs: LabelView }) {
  const room = useRoomItself();
  const onTop = onTopOf(save.decision, theirs);
  return (
    <div className="rounded-md border border-flag p-2.5">
      <p>
        <strong className="text-flag">Not saved:</strong> someone else has saved a label of this slice.
      </p>
      <dl className="my-1.5 grid grid-cols-[auto_1fr] gap-x-3">
        <dt className="text-muted">Theirs</dt>
        <dd>{labelWords(theirs)}</dd>
        <dt className="text-muted">Yours</dt>
        <dd>{onTop ? decisionWords(onTop) : `keep version ${save.basedOn}`}</dd>
      </dl>
      <div className="flex flex-wrap gap-1.5">
        <CompareButton />
        <button type="button" className={button} onClick={() => room.run("take-theirs")}>
          Use theirs
        </button>
        {onTop && (
          <button type="button" className={button} onClick={() => room.run("save-on-top")}>
            Save mine as the next version
          </button>
        )}
      </div>
      <ConflictFigures />
    </div>
  );
}

function CompareButton() {
  const room = useRoomItself();
  const isOn = useRoom((state) => currentConflict(state) !== null);
  return (
    <button type="button" className={button} aria-pressed={isOn} onClick={() => room.run("compare-conflict")}>
      Compare
    </button>
  );
}

/** How the own mask and theirs differ, while they are shown against each other. */
function ConflictFigures() {
  const isOn = useRoom((state) => currentConflict(state) !== null);
  const { comparison, problem } = useRoom(({ now }) => now.compared);
  const slice = useRoom(currentSlice);
  if (!isOn) return null;
  return (
    <>
      {problem && <p className="mt-1.5 text-flag">{problem}</p>}
      {comparison?.sliceId === slice.id && (
        <div className="mt-1.5">
          <ComparisonFigures
            comparison={comparison}
            spacing={spacingOf(slice)}
            names={{ earlier: "theirs", later: "yours" }}
          />
        </div>
      )}
    </>
  );
}

/** e.g. `version 3 · tumor, 312 px — B. Reader` */
function labelWords(label: LabelView): string {
  const area = label.areaPixels === null ? "" : `, ${label.areaPixels.toLocaleString("en")} px`;
  return `version ${label.version} · ${classWord(label.labelClass)}${area} — ${sourceWords(label)}`;
}
