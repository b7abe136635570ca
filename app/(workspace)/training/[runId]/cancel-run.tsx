"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { useAction } from "@/app/_ui/use-action";
import { cancelRunAction } from "../actions";

/** Stops a run after asking once more. */
export function CancelRun({
  jobId,
  runNumber,
  cancelling,
}: {
  jobId: string;
  runNumber: number;
  cancelling: boolean;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const action = useAction(cancelRunAction);

  async function confirm() {
    if (!(await action.run({ jobId }))) return;
    setOpen(false);
    router.refresh();
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={setOpen}
      trigger={cancelling ? "Cancelling…" : "Cancel this run"}
      triggerDisabled={cancelling}
      title={`Cancel run ${runNumber}?`}
      confirm="Cancel run"
      keep="Do not cancel"
      danger
      busy={action.busy}
      problem={action.refusal?.message}
      onConfirm={confirm}
    >
      <p>
        The run stops at its next safe point and makes no candidate. Computed features stay cached, so a later
        run is faster.
      </p>
    </ConfirmDialog>
  );
}
