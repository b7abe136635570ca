"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { OutcomeLine } from "@/app/_ui/outcome";
import { useAction } from "@/app/_ui/use-action";
import type { SettingsView } from "@/lib/features/settings/schema";
import { saveSettingsAction } from "./actions";

/** Whether test patients are read blind. Showing their predictions asks first: what has been seen stays seen. */
export function BlindReading({ settings }: { settings: SettingsView }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const saving = useAction(saveSettingsAction);
  const { blindTestPatients, testPatients, undecidedSlices } = settings;

  async function set(blind: boolean) {
    if (!(await saving.run({ blindTestPatients: blind }))) return;
    setOpen(false);
    router.refresh();
  }

  return (
    <section aria-labelledby="blind-reading" className="max-w-2xl rounded-lg border border-line bg-panel p-4">
      <h2 id="blind-reading" className="font-semibold">
        Blind reading of test patients: {blindTestPatients ? "on" : "off"}
      </h2>
      <p className="mt-1 text-muted">
        Accuracy is measured on test patients. While this is on, readers label their slices without the
        model’s prediction, mask, heatmap and flags. They see these once a person has decided on the slice.
      </p>
      <p className="mt-2">
        {testPatients.toLocaleString("en")} {testPatients === 1 ? "patient is" : "patients are"} kept for
        testing, with {undecidedSlices.toLocaleString("en")} {undecidedSlices === 1 ? "slice" : "slices"} that
        nobody has decided on.
      </p>
      <div className="mt-3 flex items-center gap-3">
        {blindTestPatients ? (
          <ConfirmDialog
            open={open}
            onOpenChange={(next) => {
              setOpen(next);
              saving.clear();
            }}
            trigger="Turn blind reading off"
            title="Turn blind reading off?"
            confirm="Turn blind reading off"
            keep="Cancel"
            danger
            busy={saving.busy}
            problem={saving.refusal?.message}
            onConfirm={() => void set(false)}
          >
            <p>
              Everyone who reads can then see what the model predicts of{" "}
              {undecidedSlices.toLocaleString("en")} test slices before they decide. Labels that are written
              then may lean towards the model, and accuracy measured against them is too high.
            </p>
            <p className="text-muted">
              The audit trail records who turns it off, and each label records what was seen.
            </p>
          </ConfirmDialog>
        ) : (
          <>
            <Button tone="primary" busy={saving.busy} onClick={() => void set(true)}>
              Turn blind reading on
            </Button>
            {saving.refusal && <OutcomeLine kind="failed">{saving.refusal.message}</OutcomeLine>}
          </>
        )}
      </div>
    </section>
  );
}
