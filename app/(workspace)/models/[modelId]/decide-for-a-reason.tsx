"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ComponentProps, type ReactNode, useState } from "react";
import { getJson } from "@/app/_client/request";
import type { Outcome } from "@/app/_server/action";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { TextAreaField } from "@/app/_ui/field";
import { useAction } from "@/app/_ui/use-action";
import type { PromotionPreview } from "@/lib/features/models/schema";
import { SwitchPreview } from "./switch-preview";

type Words = Pick<ComponentProps<typeof ConfirmDialog>, "trigger" | "tone" | "title" | "confirm" | "danger">;
interface Props extends Words {
  modelId: string;
  /** What is done once it is confirmed. */
  action: (input: { modelId: string; reason: string }) => Promise<Outcome<unknown>>;
  /** The route that tells what it would change, which is shown first; what it refuses cannot be confirmed. */
  preview?: "promotion-preview" | "roll-back-preview";
  /** Beside the field. */
  reasonLabel: string;
  /** Whether there is one to be given; `if-undecided`: where the preview asks for it. */
  reason: "needed" | "optional" | "if-undecided";
  /** What follows from it. */
  children?: ReactNode;
}

/** Does something to a model with the person's reason, showing first what it would change. */
export function DecideForAReason(props: Props) {
  const { modelId, action, preview: asks, reasonLabel, reason: asked, children, ...words } = props;
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const deciding = useAction(action);
  const looking = useQuery({
    queryKey: ["model", modelId, asks],
    queryFn: ({ signal }) => getJson<PromotionPreview>(`/api/models/${modelId}/${asks}`, signal),
    enabled: open && asks !== undefined,
    // Each opening looks again: what was true a minute ago is no ground for a promotion.
    gcTime: 0,
    staleTime: 0,
  });
  const preview = looking.isFetching ? undefined : looking.data;

  function changeOpen(next: boolean) {
    setOpen(next);
    deciding.clear();
  }

  async function decide() {
    if (!(await deciding.run({ modelId, reason: isAsked ? reason : "" }))) return;
    setOpen(false);
    router.refresh();
  }

  const mayBe = !asks || preview?.refusals.length === 0;
  const isAsked = asked !== "if-undecided" || (mayBe && preview?.needsReason === true);
  const isMissing = isAsked && asked !== "optional" && reason.trim() === "";
  return (
    <ConfirmDialog
      {...words}
      open={open}
      onOpenChange={changeOpen}
      busy={deciding.busy}
      disabled={!mayBe || isMissing}
      problem={looking.error?.message ?? deciding.refusal?.message}
      onConfirm={decide}
    >
      {children}
      {preview && <SwitchPreview preview={preview} />}
      {looking.isFetching && <p className="text-muted">Checking what would change…</p>}
      {isAsked && (
        <TextAreaField
          label={reasonLabel}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={1000}
        />
      )}
    </ConfirmDialog>
  );
}
