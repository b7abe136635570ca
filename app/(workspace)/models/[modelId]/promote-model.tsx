"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { TextAreaField } from "@/app/_ui/field";
import { useAction } from "@/app/_ui/use-action";
import type { PromotionPreview } from "@/lib/features/models/schema";
import { previewPromotionAction, promoteModelAction } from "../actions";
import { ConfirmDialog } from "../confirm-dialog";
import { SwitchPreview } from "./switch-preview";

/** Shows what promoting a model would change, and does it when confirmed. */
export function PromoteModel({ modelId, number }: { modelId: string; number: number }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [preview, setPreview] = useState<PromotionPreview | null>(null);
  const [reason, setReason] = useState("");
  const looking = useAction(previewPromotionAction);
  const promoting = useAction(promoteModelAction);

  async function changeOpen(next: boolean) {
    setOpen(next);
    setPreview(null);
    promoting.clear();
    const outcome = next ? await looking.run({ modelId }) : null;
    if (outcome) setPreview(outcome.data);
  }

  async function promote() {
    if (!(await promoting.run({ modelId, ...(preview?.needsReason && { reason }) }))) return;
    setOpen(false);
    router.refresh();
  }

  const mayBe = preview !== null && preview.refusals.length === 0;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={changeOpen}
      trigger={`Promote model ${number}`}
      tone="primary"
      title={`Promote model ${number}?`}
      confirm={`Put model ${number} into production`}
      busy={promoting.busy}
      disabled={!mayBe || (preview.needsReason && reason.trim() === "")}
      problem={looking.refusal?.message ?? promoting.refusal?.message}
      onConfirm={promote}
    >
      {preview && <SwitchPreview preview={preview} />}
      {mayBe && preview.needsReason && (
        <TextAreaField
          label="Why it is promoted although the gate cannot decide; stays on its page and in the audit trail"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={1000}
        />
      )}
      {looking.busy && <p className="text-muted">Looking at what would change…</p>}
    </ConfirmDialog>
  );
}
