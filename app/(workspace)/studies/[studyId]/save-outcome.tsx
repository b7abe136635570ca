import { decisionWords, onTopOf } from "@/app/_viewer/label/decisions";
import { classWord, sourceWords } from "@/app/_viewer/label/label-state";

import type { Save } from "./use-label-saves";

interface Props {
  save: Save | undefined;
  onRetry(): void;
  onDrop(): void;
  onTakeTheirs(): void;
  onSaveOnTop(): void;
}

const button = "cursor-pointer rounded-md border border-line bg-panel2 px-2.5 py-1 hover:border-muted";

/** What became of the decision on this slice, and what the reader can do about it. */
export function SaveOutcome({ save, onRetry, onDrop, onTakeTheirs, onSaveOnTop }: Props) {
  return (
    <div role="status" className="min-h-[22px]">
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
            <button type="button" className={button} onClick={onRetry}>
              Save again
            </button>
            <button type="button" className={button} onClick={onDrop}>
              Drop my decision
            </button>
          </div>
        </div>
      )}
      {save?.state === "conflict" && save.label && (
        <div className="rounded-md border border-flag p-2.5">
          <p>
            <strong className="text-flag">Not saved:</strong> someone labelled this slice meanwhile.
          </p>
          <dl className="my-2 grid grid-cols-[auto_1fr] gap-x-3">
            <dt className="text-muted">Theirs</dt>
            <dd>
              v{save.label.version} · {classWord(save.label.labelClass)}
              {save.label.areaPixels !== null && `, ${save.label.areaPixels.toLocaleString("en")} px`} —{" "}
              {sourceWords(save.label)}
            </dd>
            <dt className="text-muted">Yours</dt>
            <dd>{decisionWords(onTopOf(save.decision, save.label))}</dd>
          </dl>
          <div className="flex gap-2">
            <button type="button" className={button} onClick={onTakeTheirs}>
              Keep theirs
            </button>
            <button type="button" className={button} onClick={onSaveOnTop}>
              Save mine on top
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
