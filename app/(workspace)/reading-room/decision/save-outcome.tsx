import type { LabelView } from "@/lib/features/studies/schema";
import { ComparisonFigures } from "../history/comparison-figures";
import type { useRoomComparison } from "../history/use-room-comparison";
import type { Spacing } from "../label/area-words";
import { decisionWords, onTopOf } from "../label/decisions";
import { classWord, sourceWords } from "../label/label-state";
import type { Save } from "../room/saves/send";

interface Props {
  save: Save | undefined;
  /** True while the own mask and the other one are shown against each other. */
  comparing: Pick<ReturnType<typeof useRoomComparison>, "conflict" | "conflictOn" | "conflictProblem">;
  /** Null where it is unknown. */
  spacing: Spacing | null;
  onRetry(): void;
  onDrop(): void;
  onTakeTheirs(): void;
  onSaveOnTop(): void;
  onCompare(): void;
}

const button =
  "rounded-md border border-edge bg-panel2 px-2 py-1 hover:border-muted aria-pressed:text-accent";

/** What became of the decision on this slice, and what the reader can do about it. */
export function SaveOutcome({ save, comparing, spacing, ...on }: Props) {
  return (
    <div role="status" className="empty:hidden">
      {save?.state === "saving" && <p className="text-muted">◔ Saving: {decisionWords(save.decision)}…</p>}
      {save?.state === "saved" && (
        <p className="text-ok">
          ✓ Saved as version {save.label?.version}: {decisionWords(save.decision)}
        </p>
      )}
      {save?.state === "failed" && (
        <div className="rounded-md border border-flag p-2.5">
          <p>
            <strong className="text-flag">Not saved:</strong> {decisionWords(save.decision)}. {save.message}
          </p>
          <div className="mt-2 flex gap-2">
            <button type="button" className={button} onClick={on.onRetry}>
              Save again
            </button>
            <button type="button" className={button} onClick={on.onDrop}>
              {save.drawn ? "Back to drawing" : "Drop my decision"}
            </button>
          </div>
        </div>
      )}
      {save?.state === "conflict" && save.label && (
        <div className="rounded-md border border-flag p-2.5">
          <p>
            <strong className="text-flag">Not saved:</strong> someone labelled this slice meanwhile.
          </p>
          <dl className="my-1.5 grid grid-cols-[auto_1fr] gap-x-3">
            <dt className="text-muted">Theirs</dt>
            <dd>{labelWords(save.label)}</dd>
            <dt className="text-muted">Yours</dt>
            <dd>{decisionWords(onTopOf(save.decision, save.label))}</dd>
          </dl>
          <div className="flex flex-wrap gap-1.5">
            <button
              type="button"
              className={button}
              aria-pressed={comparing.conflictOn}
              onClick={on.onCompare}
            >
              Compare
            </button>
            <button type="button" className={button} onClick={on.onTakeTheirs}>
              Take theirs
            </button>
            <button type="button" className={button} onClick={on.onSaveOnTop}>
              Keep mine, on top
            </button>
          </div>
          {comparing.conflictProblem && <p className="mt-1.5 text-flag">{comparing.conflictProblem}</p>}
          {comparing.conflict && (
            <div className="mt-1.5">
              <ComparisonFigures
                comparison={comparing.conflict.comparison}
                spacing={spacing}
                names={{ earlier: "theirs", later: "yours" }}
              />
            </div>
          )}
        </div>
      )}
    </div>
  );
}

/** e.g. `v3 · tumor, 312 px — B. Reader` */
function labelWords(label: LabelView): string {
  const area = label.areaPixels === null ? "" : `, ${label.areaPixels.toLocaleString("en")} px`;
  return `v${label.version} · ${classWord(label.labelClass)}${area} — ${sourceWords(label)}`;
}
