"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { TextAreaField } from "@/app/_ui/field";
import { useAction } from "@/app/_ui/use-action";
import { retireModelAction } from "../actions";
import { ConfirmDialog } from "../confirm-dialog";

/** Puts a candidate aside. */
export function RetireModel({ modelId, number }: { modelId: string; number: number }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const action = useAction(retireModelAction);

  async function retire() {
    if (!(await action.run({ modelId, reason }))) return;
    setOpen(false);
    router.refresh();
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={setOpen}
      trigger={`Retire model ${number}`}
      title={`Retire model ${number}?`}
      confirm="Retire it"
      busy={action.busy}
      problem={action.refusal?.message}
      onConfirm={retire}
    >
      <p>A retired model stays on record with its figures; it may still be promoted.</p>
      <TextAreaField
        label="Reason (optional), kept on its page and in the audit trail"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        maxLength={1000}
      />
    </ConfirmDialog>
  );
}
