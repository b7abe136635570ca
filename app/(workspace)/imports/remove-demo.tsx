"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { useAction } from "@/app/_ui/use-action";
import type { DemoContents, DemoRefusal } from "@/lib/features/system/demo-schema";
import { removeDemoAction } from "./actions";

const refusalWords: Record<DemoRefusal, string> = {
  "phantom-model-in-production":
    "A model trained on phantoms is in production. Roll back or promote another model first.",
  "job-under-way": "A job on phantoms is waiting or running. Wait until it has ended, or cancel it.",
};

/** Removes the phantoms and the demo's accounts; says before what goes. */
export function RemoveDemo({ contents }: { contents: DemoContents }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const removing = useAction(removeDemoAction);
  const { patients, slices, peoplesLabels, drafts, candidates, accounts, refusals } = contents;

  async function remove() {
    if (!(await removing.run({ patients }))) return;
    setOpen(false);
    router.refresh();
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        removing.clear();
      }}
      trigger="Remove the demo"
      title="Remove the demo?"
      confirm={`Remove ${count(patients, "phantom")}`}
      danger
      busy={removing.busy}
      disabled={refusals.length > 0}
      problem={removing.refusal?.message}
      onConfirm={remove}
    >
      <ul className="list-disc pl-5">
        <li>
          {count(patients, "phantom")} with {count(slices, "slice")}, their predictions and figures
        </li>
        <li>{count(peoplesLabels, "label")} that people wrote on phantoms</li>
        <li>{count(drafts, "unsaved drawing")} on phantoms</li>
        <li>{count(candidates, "candidate")} trained on phantoms: retired</li>
        <li>Accounts deactivated: {accounts.join(", ") || "none"}</li>
      </ul>
      <p className="text-muted">This cannot be undone. Real patients and their labels stay as they are.</p>
      {refusals.map((refusal) => (
        <p key={refusal}>{refusalWords[refusal]}</p>
      ))}
    </ConfirmDialog>
  );
}

const count = (n: number, what: string) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
