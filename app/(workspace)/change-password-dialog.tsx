"use client";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { OutcomeLine } from "@/app/_ui/outcome";
import { ChangePasswordForm } from "../(auth)/change-password-form";

interface Props {
  email: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Changes the password of the person who is signed in. */
export function ChangePasswordDialog({ email, open, onOpenChange }: Props) {
  const [changed, setChanged] = useState(false);
  const show = (next: boolean) => {
    setChanged(false);
    onOpenChange(next);
  };
  return (
    <Dialog open={open} onOpenChange={show} title="Change password">
      {changed ? (
        <div className="space-y-4">
          <OutcomeLine kind="done">Password changed. Your other devices are signed out.</OutcomeLine>
          <div className="flex justify-end">
            <Button onClick={() => show(false)}>Close</Button>
          </div>
        </div>
      ) : (
        <ChangePasswordForm email={email} onChanged={() => setChanged(true)} />
      )}
    </Dialog>
  );
}
