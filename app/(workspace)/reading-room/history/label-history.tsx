import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { SliceView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";
import { spacingOf } from "../label/area-words";
import { labelsQuery, labelUsesQuery } from "../queries";
import { type ComparedLabels, newestPair } from "../room/compared-masks";
import { currentConflict, currentSlice, currentVersions, mayLabel } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";
import { ComparisonFigures } from "./comparison-figures";
import { LabelVersion } from "./label-version";
import { RestoreDialog } from "./restore-dialog";
import type { Restored } from "./use-restore";
import { VersionChoice } from "./version-choice";

const quiet =
  "cursor-pointer rounded px-1.5 py-px text-muted hover:bg-panel2 hover:text-text aria-pressed:bg-[#20303a] aria-pressed:text-ai";

/** Every version of the slice's label, newest first: to compare, and to bring back. */
export function LabelHistory() {
  const room = useRoomItself();
  const slice = useRoom(currentSlice);
  const pair = useRoom(currentVersions);
  const isAllowed = useRoom(mayLabel);
  const { labels, problem, retry, usesOf } = useLabels(slice);
  const [asked, setAsked] = useOfSlice<LabelView>(slice.id);
  const [restored, setRestored] = useOfSlice<Restored>(slice.id);
  const radios = useId();
  const first = labels && newestPair(labels);
  return (
    <section aria-labelledby="label-history">
      <div className="mb-1.5 flex h-5 items-center justify-between">
        <h2 id="label-history" className="text-[11px] font-semibold tracking-[.08em] text-muted uppercase">
          This slice’s label
        </h2>
        {(first || pair) && (
          <button
            type="button"
            className={quiet}
            aria-pressed={pair !== null}
            onClick={() => room.run("compare-versions", pair ? null : first)}
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
      {labels?.length === 0 && <p className="text-muted">No label yet.</p>}
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
            uses={usesOf(label.id)}
            choice={pair && <VersionChoice radios={radios} label={label} pair={pair} />}
            onRestore={
              isAllowed && !pair && label.id !== labels[0]?.id && label.labelClass !== "WITHDRAWN"
                ? () => {
                    setRestored(null);
                    setAsked(label);
                  }
                : undefined
            }
          />
        ))}
      </ol>
      {pair && <VersionFigures slice={slice} pair={pair} />}
      <p role="status" className="text-ok">
        {restored && `✓ Version ${restored.from} restored as version ${restored.label.version}.`}
      </p>
      {isAllowed && asked && (
        <RestoreDialog
          key={asked.id}
          slice={slice}
          label={asked}
          onRestored={setRestored}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

/** A state that is over with its slice. Not by a key on the part: it would be built again with each slice passed. */
function useOfSlice<Value>(sliceId: string) {
  const [kept, setKept] = useState<{ sliceId: string; value: Value } | null>(null);
  const set = (value: Value | null) => setKept(value && { sliceId, value });
  return [kept?.sliceId === sliceId ? kept.value : null, set] as const;
}

/** All versions, null while they load; none is asked for while slices fly past. */
function useLabels(slice: SliceView) {
  const version = slice.labelVersion;
  const isRested = useRoom(({ now }) => now.restedOn === slice.id);
  const versions = useQuery({
    ...labelsQuery(slice.id, version),
    enabled: version > 0 && isRested,
  });
  const labels = version === 0 ? none : (versions.data ?? null);
  // A refusal or a lost connection leaves the history without its uses: it says what was labelled all the same.
  const { data: uses = [] } = useQuery({
    ...labelUsesQuery(slice.id),
    enabled: labels !== null && labels.length > 0,
  });
  return {
    labels,
    problem: versions.error && labels === null ? versions.error.message : null,
    retry: () => void versions.refetch(),
    usesOf: (labelId: string) => uses.filter((use) => use.labelId === labelId),
  };
}

const none: readonly LabelView[] = [];

/** How two versions differ. While a conflict is shown on the pictures, the figures are the conflict's. */
function VersionFigures({ slice, pair }: { slice: SliceView; pair: ComparedLabels }) {
  const { comparison, problem } = useRoom(({ now }) => now.compared);
  const isConflict = useRoom((state) => currentConflict(state) !== null);
  if (isConflict) return null;
  const names = { earlier: `version ${pair.from.version}`, later: `version ${pair.to.version}` };
  return (
    <>
      {problem && <p role="alert">{problem}</p>}
      {comparison?.sliceId === slice.id && (
        <div className="mt-2 rounded-md border border-line bg-panel2 p-2">
          <ComparisonFigures comparison={comparison} spacing={spacingOf(slice)} names={names} />
        </div>
      )}
    </>
  );
}
