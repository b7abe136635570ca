"use client";
import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { OutcomeLine } from "@/app/_ui/outcome";
import { useAction } from "@/app/_ui/use-action";
import { changeOwnPasswordAction } from "./account-actions";

interface Props {
  email: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Changes the reader's password. That ends all their sessions, so this one is started again at once. */
export function ChangePasswordDialog({ email, open, onOpenChange }: Props) {
  const { run, busy, refusal, clear } = useAction(changeOwnPasswordAction);
  const [changed, setChanged] = useState(false);
  const [differs, setDiffers] = useState(false);

  const show = (next: boolean) => {
    clear();
    setChanged(false);
    setDiffers(false);
    onOpenChange(next);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const next = String(form.get("next"));
    setDiffers(next !== form.get("again"));
    if (next !== form.get("again")) return;
    if (!(await run({ current: String(form.get("current")), next }))) return;
    await signIn("credentials", { email, password: next, redirect: false });
    setChanged(true);
  };
  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : null);

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
        <form onSubmit={submit} className="space-y-3">
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <Field
            label="Current password"
            name="current"
            type="password"
            autoComplete="current-password"
            required
            error={errorOf("current")}
          />
          <Field
            label="New password"
            name="next"
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            maxLength={256}
            hint="12 characters or more; a sentence is fine."
            error={errorOf("next")}
          />
          <Field
            label="New password again"
            name="again"
            type="password"
            autoComplete="new-password"
            required
            error={differs ? "This is not the same as above" : null}
          />
          {refusal && !refusal.field && <OutcomeLine kind="failed">{refusal.message}</OutcomeLine>}
          <div className="flex justify-end gap-2">
            <Button onClick={() => show(false)}>Cancel</Button>
            <Button type="submit" tone="primary" busy={busy}>
              Change password
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
