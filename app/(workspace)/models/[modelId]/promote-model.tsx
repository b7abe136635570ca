"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAction } from "@/app/_ui/use-action";
import type { PromotionPreview } from "@/lib/features/models/schema";
import { previewPromotionAction, promoteModelAction } from "../actions";
import { ConfirmDialog } from "../confirm-dialog";

/** Shows what promoting a model would change, and does it when confirmed. */
export function PromoteModel({ modelId, number }: { modelId: string; number: number }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [preview, setPreview] = useState<PromotionPreview | null>(null);
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
    if (!(await promoting.run({ modelId }))) return;
    setOpen(false);
    router.refresh();
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={changeOpen}
      trigger={`Promote model ${number}`}
      tone="primary"
      title={`Promote model ${number}?`}
      confirm={`Put model ${number} into production`}
      busy={promoting.busy}
      disabled={!preview || preview.refusals.length > 0}
      problem={looking.refusal?.message ?? promoting.refusal?.message}
      onConfirm={promote}
    >
      {preview && <Preview preview={preview} />}
      {looking.busy && <p className="text-muted">Looking at what would change…</p>}
    </ConfirmDialog>
  );
}

function Preview({ preview }: { preview: PromotionPreview }) {
  if (preview.refusals.length > 0)
    return (
      <div className="rounded border border-flag/60 bg-flag/10 p-2.5">
        <p className="font-medium text-flag">✕ It must not be promoted</p>
        <ul className="mt-1 list-disc pl-4">
          {preview.refusals.map((refusal) => (
            <li key={refusal}>{refusal}</li>
          ))}
        </ul>
      </div>
    );
  return (
    <>
      <p>
        Model {preview.modelNumber}
        {preview.productionNumber === null
          ? " becomes the model in production."
          : ` takes the place of model ${preview.productionNumber}.`}{" "}
        <strong className="font-semibold">
          {preview.lacking.toLocaleString("en")} {preview.lacking === 1 ? "slice is" : "slices are"} predicted
          anew
        </strong>{" "}
        in the background.
      </p>
      <ul className="list-disc space-y-1 pl-4 text-muted">
        {preview.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}
