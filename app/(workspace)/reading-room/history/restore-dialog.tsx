import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { classWord, sourceWords } from "@/app/_ui/label-words";
import { OutcomeLine } from "@/app/_ui/outcome";
import type { SliceView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";
import { areaWords, spacingOf } from "../label/area-words";
import { ComparisonFigures } from "./comparison-figures";
import { useComparison } from "./use-comparison";
import { type Restored, useRestore } from "./use-restore";

interface Props {
  slice: SliceView;
  /** The version to bring back. */
  label: LabelView;
  onRestored(restored: Restored): void;
  onClose(): void;
}

/** Asks before an earlier version becomes the newest again, and shows what would change. */
export function RestoreDialog({ slice, label, onRestored, onClose }: Props) {
  const [note, setNote] = useState("");
  const { restore, busy, refusal } = useRestore(slice, label);
  const current = slice.label;
  const { comparison, problem } = useComparison(slice, current, label);
  const confirm = async () => {
    const restored = await restore(note.trim());
    if (!restored) return;
    onRestored(restored);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      title={`Restore version ${label.version}?`}
      description={`Its class and mask become the newest version of slice ${slice.position}’s label. No version is lost.`}
    >
      <div className="grid gap-3">
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
          {current && <Stated name="Current" slice={slice} label={current} />}
          <Stated name="Restored" slice={slice} label={label} />
        </dl>
        <div className="rounded-md border border-line bg-panel2 p-2.5">
          {comparison ? (
            <ComparisonFigures
              comparison={comparison}
              spacing={spacingOf(slice)}
              names={{
                earlier: current ? `version ${current.version}, the current one` : "no label",
                later: `version ${label.version}`,
              }}
            />
          ) : (
            <p className="text-muted">{problem ?? "Comparing the masks…"}</p>
          )}
        </div>
        <Field
          label="Note (optional)"
          value={note}
          maxLength={1000}
          onChange={(event) => setNote(event.target.value)}
        />
        {refusal && <OutcomeLine kind="failed">Not restored. {refusal}</OutcomeLine>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button tone="primary" busy={busy} onClick={confirm}>
            Restore version {label.version}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Stated({ name, slice, label }: { name: string; slice: SliceView; label: LabelView }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd>
        Version {label.version} · {classWord(label.labelClass)}
        {label.areaPixels !== null && `, ${areaWords(label.areaPixels, spacingOf(slice))}`}
        <span className="text-muted"> — {sourceWords(label)}</span>
      </dd>
    </>
  );
}
