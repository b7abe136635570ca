"use client";

import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { OutcomeLine } from "./outcome";

/** A button that says what will happen and asks before it does it. */
export function ConfirmDialog({
  open,
  onOpenChange,
  trigger,
  tone = "plain",
  triggerDisabled = false,
  title,
  confirm,
  keep = "Cancel",
  danger = false,
  busy,
  disabled = false,
  problem,
  onConfirm,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: string;
  tone?: "plain" | "primary";
  triggerDisabled?: boolean;
  title: string;
  confirm: string;
  /** The button that leaves things as they are. */
  keep?: string;
  danger?: boolean;
  busy: boolean;
  disabled?: boolean;
  problem: string | undefined;
  onConfirm: () => void;
  children: ReactNode;
}) {
  return (
    <>
      <Button tone={tone} disabled={triggerDisabled} onClick={() => onOpenChange(true)}>
        {trigger}
      </Button>
      <Dialog open={open} onOpenChange={onOpenChange} title={title}>
        <div className="flex flex-col gap-3">
          {children}
          {problem && <OutcomeLine kind="failed">{problem}</OutcomeLine>}
          <div className="mt-1 flex justify-end gap-2">
            <Button onClick={() => onOpenChange(false)}>{keep}</Button>
            <Button tone={danger ? "danger" : "primary"} busy={busy} disabled={disabled} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
