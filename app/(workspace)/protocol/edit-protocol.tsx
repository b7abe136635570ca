"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { TextAreaField } from "@/app/_ui/field";
import { MarkdownText } from "@/app/_ui/markdown";
import { OutcomeLine } from "@/app/_ui/outcome";
import { useAction } from "@/app/_ui/use-action";
import { longestProtocol } from "@/lib/features/protocol/schema";
import { saveProtocolAction } from "./actions";
import { useLeaving } from "./use-leaving";

interface Props {
  text: string;
  /** The version that the text begins with, 0 for none. */
  basedOn: number;
  /** What stands above the button, and gives way to the editor. */
  children?: ReactNode;
}

/** The protocol as its author edits it, beside how it will look. */
export function EditProtocol({ text, basedOn, children }: Props) {
  const [editing, setEditing] = useState(false);
  return editing ? (
    <Editor text={text} basedOn={basedOn} onClose={() => setEditing(false)} />
  ) : (
    <>
      {children}
      <Button tone="primary" onClick={() => setEditing(true)}>
        {basedOn === 0 ? "Write the protocol" : "Edit the protocol"}
      </Button>
    </>
  );
}

function Editor({ text, basedOn, onClose }: { text: string; basedOn: number; onClose: () => void }) {
  const router = useRouter();
  const [written, setWritten] = useState(text);
  const { run, busy, refusal } = useAction(saveProtocolAction);
  const changed = written !== text && written.trim() !== "";
  const [leaving, setLeaving] = useLeaving(written !== text);
  const discard = () => {
    if (leaving?.to) router.push(leaving.to);
    onClose();
  };
  const save = async () => {
    if (!(await run({ text: written, basedOn }))) return;
    onClose();
    router.refresh();
  };
  return (
    <section aria-labelledby="edit-protocol" className="space-y-3">
      <h2 id="edit-protocol" className="text-lg font-semibold">
        Version {basedOn + 1}
      </h2>
      <div className="grid gap-3 xl:grid-cols-2">
        <TextAreaField
          label="Text, in Markdown"
          rows={22}
          maxLength={longestProtocol}
          value={written}
          onChange={(event) => setWritten(event.target.value)}
          error={refusal?.field === "text" ? refusal.message : null}
          hint={`# heading, **bold**, - list, [name](https://…); tables are not supported. ${written.length.toLocaleString("en")} of ${longestProtocol.toLocaleString("en")} characters.`}
        />
        <section aria-label="Preview" className="min-w-0">
          <p className="mb-1 text-sm text-muted">Preview</p>
          <div className="rounded-lg border border-line bg-panel p-4 text-base">
            <MarkdownText text={written} />
          </div>
        </section>
      </div>
      {refusal && !refusal.field && <OutcomeLine kind="failed">{refusal.message}</OutcomeLine>}
      <div className="flex gap-2">
        <Button tone="primary" busy={busy} disabled={!changed} onClick={save}>
          Save as version {basedOn + 1}
        </Button>
        <Button onClick={() => (written === text ? onClose() : setLeaving({ to: null }))}>
          Discard changes
        </Button>
      </div>
      <Dialog open={leaving !== null} onOpenChange={() => setLeaving(null)} title="Discard your changes?">
        <p>Version {basedOn + 1} is not saved. What you have written is lost.</p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => setLeaving(null)}>Keep editing</Button>
          <Button tone="danger" onClick={discard}>
            Discard
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
