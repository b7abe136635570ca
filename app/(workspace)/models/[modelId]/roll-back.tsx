"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { TextAreaField } from "@/app/_ui/field";
import { useAction } from "@/app/_ui/use-action";
import type { PromotionPreview } from "@/lib/features/models/schema";
import { previewRollBackAction, rollBackModelAction } from "../actions";
import { ConfirmDialog } from "../confirm-dialog";
import { SwitchPreview } from "./switch-preview";

/** Shows what going back to the model before would change, and does it for a stated reason. */
export function RollBack({ modelId, previousNumber }: { modelId: string; previousNumber: number }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [preview, setPreview] = useState<PromotionPreview | null>(null);
  const [reason, setReason] = useState("");
  const looking = useAction(previewRollBackAction);
  const rolling = useAction(rollBackModelAction);

  async function changeOpen(next: boolean) {
    setOpen(next);
    setPreview(null);
    rolling.clear();
    const outcome = next ? await looking.run({ modelId }) : null;
    if (outcome) setPreview(outcome.data);
  }

  async function rollBack() {
    if (!(await rolling.run({ modelId, reason }))) return;
    setOpen(false);
    router.refresh();
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={changeOpen}
      trigger={`Roll back to model ${previousNumber}`}
      title={`Roll back to model ${previousNumber}?`}
      confirm={`Put model ${previousNumber} back`}
      danger
      busy={rolling.busy}
      disabled={preview?.refusals.length !== 0 || reason.trim() === ""}
      problem={looking.refusal?.message ?? rolling.refusal?.message}
      onConfirm={rollBack}
    >
      {preview && <SwitchPreview preview={preview} />}
      {looking.busy && <p className="text-muted">Looking at what would change…</p>}
      <TextAreaField
        label="Reason, kept on the models' pages and in the audit trail"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        maxLength={1000}
      />
    </ConfirmDialog>
  );
}
