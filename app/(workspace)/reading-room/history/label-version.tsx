import type { ReactNode } from "react";
import { classWord, originWords, reasonWord, sourceWords } from "@/app/_ui/label-words";
import { Time } from "@/app/_ui/time";
import type { LabelUse } from "@/lib/features/snapshots/schema";
import type { LabelView } from "@/lib/records/label-view";
import { areaWords, type Spacing } from "../label/area-words";
import { LabelUses } from "./label-uses";

interface Props {
  label: LabelView;
  spacing: Spacing | null;
  /** Where this version was used, newest first. */
  uses: readonly LabelUse[];
  /** Before the version: what it is chosen with for a comparison. */
  choice?: ReactNode;
  /** Absent where it cannot be brought back. */
  onRestore?(): void;
}

/** One version of a label: what was stated, by whom, when and why. */
export function LabelVersion({ label, spacing, uses, choice, onRestore }: Props) {
  return (
    <li className="flex border-b border-dashed border-line py-1 last:border-0">
      {choice}
      <SourceMark source={label.source} />
      <div className="min-w-0 flex-1 pl-2">
        Version {label.version} · {classWord(label.labelClass)}
        {label.areaPixels !== null && `, ${areaWords(label.areaPixels, spacing)}`}
        <span className="text-muted">
          {" "}
          — {sourceWords(label)}, <Time at={label.createdAt} />
        </span>
        {onRestore && (
          <button
            type="button"
            aria-label={`Restore version ${label.version}`}
            onClick={onRestore}
            className="ml-1.5 cursor-pointer rounded px-1 text-muted underline decoration-edge underline-offset-2 hover:bg-panel2 hover:text-text"
          >
            Restore
          </button>
        )}
        <ActLine label={label} />
        {label.areaPixels !== null && label.maskOrigin?.kind === "MODEL" && label.source !== "MODEL" && (
          <span className="block text-muted">mask {originWords(label.maskOrigin)}</span>
        )}
        {label.reason && <span className="block text-muted">reason: {reasonWord(label.reason)}</span>}
        {label.note && <q className="block break-words text-muted">{label.note}</q>}
        <LabelUses uses={uses} />
      </div>
    </li>
  );
}

/** How this version came to be, where it is not the author's own drawing or class. */
function ActLine({ label }: Pick<Props, "label">) {
  const { act, restoredVersion, undoneByName, labelClass } = label;
  const before = labelClass === "WITHDRAWN" ? "no label" : `version ${restoredVersion}`;
  const words = {
    KEPT: "✓ kept the label on file",
    USED_MODEL: null,
    STATED: null,
    DRAWN: null,
    RESTORED: `↶ restores version ${restoredVersion}`,
    UNDONE: `↶ decision undone by ${undoneByName ?? "unknown"}: ${before} again`,
  };
  // Restored by a version before 0.3, which recorded no acts.
  const line = act ? words[act] : restoredVersion !== null ? words.RESTORED : null;
  return line && <span className="block text-muted">{line}</span>;
}

/** Solid for people, dashed for the model, open for what was imported. */
function SourceMark({ source }: { source: LabelView["source"] }) {
  const shape = {
    HUMAN: "border-2 border-human bg-human",
    MODEL: "border-2 border-dashed border-ai",
    IMPORTED: "border-2 border-human",
  }[source];
  return <span aria-hidden="true" className={`mt-[5px] size-2.5 shrink-0 rounded-full ${shape}`} />;
}
