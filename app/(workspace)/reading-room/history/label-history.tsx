import { useEffect, useId, useState } from "react";
import type { LabelView, SliceView } from "@/lib/features/studies/schema";
import { spacingOf } from "../label/area-words";
import { type ComparedLabels, newestPair, pairWith } from "../room/compared-masks";
import { ComparisonFigures } from "./comparison-figures";
import { LabelVersion } from "./label-version";
import { RestoreDialog } from "./restore-dialog";
import type { LabelComparison } from "./use-label-comparison";
import { useLabelHistory } from "./use-label-history";
import { useLabelUses } from "./use-label-uses";
import type { Restored } from "./use-restore";

interface Props {
  slice: SliceView;
  /** Where the page shows comparisons: what is compared, and how to compare something else. */
  comparing?: LabelComparison;
  /** Where the reader may label: brings versions back; told of every label that comes of it. */
  restoring?: {
    onLabel(sliceId: string, label: LabelView): void;
    /** How long the slice has been on the screen. */
    readingMs?(): number;
  };
}

const quiet =
  "cursor-pointer rounded px-1.5 py-px text-muted hover:bg-panel2 hover:text-text aria-pressed:bg-[#20303a] aria-pressed:text-ai";

/** Every version of this slice's label, newest first: to compare, and to bring back. */
export function LabelHistory({ slice, comparing, restoring }: Props) {
  const { labels, problem, retry } = useLabelHistory(slice.id, slice.label?.version ?? 0);
  const uses = useLabelUses(slice.id, labels !== null && labels.length > 0);
  const [asked, setAsked] = useState<LabelView | null>(null);
  const [restored, setRestored] = useState<Restored | null>(null);
  const radios = useId();
  // What was said of another slice is over with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another slice is what ends it
  useEffect(() => {
    setAsked(null);
    setRestored(null);
  }, [slice.id]);

  const pair = comparing?.pair ?? null;
  const first = labels && newestPair(labels);
  const names = pair && { earlier: `v${pair.from.version}`, later: `v${pair.to.version}` };
  return (
    <section aria-labelledby="label-history">
      <div className="mb-1.5 flex h-5 items-center justify-between">
        <h2 id="label-history" className="text-[11px] font-semibold tracking-[.08em] text-muted uppercase">
          This slice’s label
        </h2>
        {comparing && (first || pair) && (
          <button
            type="button"
            className={quiet}
            aria-pressed={pair !== null}
            onClick={() => comparing.setPair(pair ? null : first)}
          >
            Compare
          </button>
        )}
      </div>
      {problem && (
        <p>
          {problem}{" "}
          <button type="button" className="cursor-pointer underline" onClick={retry}>
            Try again
          </button>
        </p>
      )}
      {!problem && labels === null && <p className="text-muted">Loading…</p>}
      {labels?.length === 0 && <p className="text-muted">Nobody has labelled this slice.</p>}
      {pair && labels && (
        <p aria-hidden="true" className="-mb-0.5 flex text-[10px] text-muted">
          <span className="w-[26px]">from</span>
          <span>to</span>
        </p>
      )}
      <ol aria-label="Label versions, newest first">
        {labels?.map((label) => (
          <LabelVersion
            key={label.id}
            label={label}
            spacing={spacingOf(slice)}
            uses={uses.filter((use) => use.labelId === label.id)}
            choice={comparing && pair && <Choice {...{ radios, label, pair }} onPair={comparing.setPair} />}
            onRestore={
              restoring && !pair && label.id !== labels[0]?.id
                ? () => {
                    setRestored(null);
                    setAsked(label);
                  }
                : undefined
            }
          />
        ))}
      </ol>
      {comparing?.problem && <p role="alert">{comparing.problem}</p>}
      {names && comparing?.comparison && (
        <div className="mt-2 rounded-md border border-line bg-panel2 p-2">
          <ComparisonFigures comparison={comparing.comparison} spacing={spacingOf(slice)} names={names} />
        </div>
      )}
      <p role="status" className="text-ok">
        {restored && `✓ Version ${restored.from} is back as version ${restored.label.version}.`}
      </p>
      {restoring && asked && (
        <RestoreDialog
          key={asked.id}
          slice={slice}
          label={asked}
          readingMs={restoring.readingMs}
          onLabel={(label) => restoring.onLabel(slice.id, label)}
          onRestored={setRestored}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

interface ChoiceProps {
  radios: string;
  label: LabelView;
  pair: ComparedLabels;
  onPair(pair: ComparedLabels): void;
}

/** A version's two radio buttons: compared from it, and to it. */
function Choice({ radios, label, pair, onPair }: ChoiceProps) {
  return (["from", "to"] as const).map((side) => (
    <input
      key={side}
      type="radio"
      name={`${radios}${side}`}
      aria-label={`Compare ${side} version ${label.version}`}
      title={`Compare ${side} version ${label.version}`}
      className="mt-[3px] mr-2.5 size-4 shrink-0 cursor-pointer accent-accent"
      checked={pair[side].id === label.id}
      onChange={() => onPair(pairWith(pair, side, label))}
      // After a click the keys belong to the slices again; who chooses by keys stays.
      onPointerUp={(event) => {
        const radio = event.currentTarget;
        setTimeout(() => radio.blur());
      }}
    />
  ));
}
