"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { TextAreaField } from "@/app/_ui/field";
import { useAction } from "@/app/_ui/use-action";
import { rejectModelAction } from "../actions";
import { ConfirmDialog } from "../confirm-dialog";

/** Rejects a candidate for a stated reason. */
export function RejectModel({ modelId, number }: { modelId: string; number: number }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const action = useAction(rejectModelAction);

  async function reject() {
    if (!(await action.run({ modelId, reason }))) return;
    setOpen(false);
    router.refresh();
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={setOpen}
      trigger={`Reject model ${number}`}
      title={`Reject model ${number}?`}
      confirm="Reject it"
      danger
      busy={action.busy}
      disabled={reason.trim() === ""}
      problem={action.refusal?.message}
      onConfirm={reject}
    >
      <p>A rejected model stays on record with its figures and cannot be promoted.</p>
      <TextAreaField
        label="Reason, kept on its page and in the audit trail"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        maxLength={1000}
      />
    </ConfirmDialog>
  );
}
