"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, type ReactNode, useState } from "react";
import type { Outcome } from "@/app/_server/action";
import { TextAreaField } from "@/app/_ui/field";
import { useAction } from "@/app/_ui/use-action";
import { ConfirmDialog } from "../confirm-dialog";

type Words = Pick<ComponentProps<typeof ConfirmDialog>, "trigger" | "title" | "confirm" | "danger">;
interface Props extends Words {
  modelId: string;
  /** What is done once it is confirmed. */
  action: (input: { modelId: string; reason: string }) => Promise<Outcome<unknown>>;
  /** Beside the field. */
  reasonLabel: string;
  reasonNeeded: boolean;
  /** What follows from it. */
  children: ReactNode;
}

/** Does something to a model that needs no preview, with the person's reason. */
export function DecideForAReason(props: Props) {
  const { modelId, action, reasonLabel, reasonNeeded, children, ...words } = props;
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { run, busy, refusal } = useAction(action);

  async function decide() {
    if (!(await run({ modelId, reason }))) return;
    setOpen(false);
    router.refresh();
  }

  return (
    <ConfirmDialog
      {...words}
      open={open}
      onOpenChange={setOpen}
      busy={busy}
      disabled={reasonNeeded && reason.trim() === ""}
      problem={refusal?.message}
      onConfirm={decide}
    >
      {children}
      <TextAreaField
        label={reasonLabel}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        maxLength={1000}
      />
    </ConfirmDialog>
  );
}
