"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { TextAreaField } from "@/app/_ui/field";
import { MarkdownText } from "@/app/_ui/markdown";
import { OutcomeLine } from "@/app/_ui/outcome";
import { useAction } from "@/app/_ui/use-action";
import { longestProtocol } from "@/lib/features/protocol/schema";
import { saveProtocolAction } from "./actions";

/** The protocol as its author edits it, beside how it will look. `basedOn` is the version it begins with, 0 for none. */
export function EditProtocol({ text, basedOn }: { text: string; basedOn: number }) {
  const [editing, setEditing] = useState(false);
  return editing ? (
    <Editor text={text} basedOn={basedOn} onClose={() => setEditing(false)} />
  ) : (
    <Button tone="primary" onClick={() => setEditing(true)}>
      {basedOn === 0 ? "Write the protocol" : "Edit the protocol"}
    </Button>
  );
}

function Editor({ text, basedOn, onClose }: { text: string; basedOn: number; onClose: () => void }) {
  const router = useRouter();
  const [written, setWritten] = useState(text);
  const { run, busy, refusal } = useAction(saveProtocolAction);
  const changed = written !== text && written.trim() !== "";
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
          hint={`# heading, **bold**, - list, [name](https://…). ${written.length.toLocaleString("en")} of ${longestProtocol.toLocaleString("en")} characters.`}
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
        <Button onClick={onClose}>Discard changes</Button>
      </div>
    </section>
  );
}
