"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Field, SelectField } from "@/app/_ui/field";
import { OutcomeLine } from "@/app/_ui/outcome";
import { useAction } from "@/app/_ui/use-action";
import { createUserAction } from "./actions";
import { PasswordOnce } from "./password-once";
import { type Role, roleOptions } from "./role-options";

/** The button and the dialog that make an account with a generated password. */
export function AddUser() {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<{ email: string; password: string | null } | null>(null);
  const { run, busy, refusal, clear } = useAction(createUserAction);

  const show = (next: boolean) => {
    clear();
    setMade(null);
    setOpen(next);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get("email")).trim();
    const name = String(form.get("name")).trim();
    const outcome = await run({ email, role: form.get("role") as Role, ...(name ? { name } : {}) });
    if (!outcome) return;
    setMade({ email, password: outcome.data.password });
    router.refresh();
  };
  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : null);

  return (
    <>
      <Button tone="primary" onClick={() => show(true)}>
        Add user
      </Button>
      <Dialog open={open} onOpenChange={show} title={made ? "Account created" : "Add user"}>
        {made ? (
          <div className="space-y-4">
            {made.password && <PasswordOnce email={made.email} password={made.password} />}
            <div className="flex justify-end">
              <Button onClick={() => show(false)}>Done</Button>
            </div>
          </div>
        ) : (
          <form onSubmit={submit} className="space-y-3">
            <Field
              label="E-mail address"
              name="email"
              type="email"
              autoComplete="off"
              required
              error={errorOf("email")}
            />
            <Field
              label="Name"
              name="name"
              autoComplete="off"
              maxLength={100}
              hint="Shown next to this user’s labels."
              error={errorOf("name")}
            />
            <SelectField label="Role" name="role" defaultValue="READER" options={roleOptions} />
            {refusal && !refusal.field && <OutcomeLine kind="failed">{refusal.message}</OutcomeLine>}
            <div className="flex justify-end gap-2">
              <Button onClick={() => show(false)}>Cancel</Button>
              <Button type="submit" tone="primary" busy={busy}>
                Add user
              </Button>
            </div>
          </form>
        )}
      </Dialog>
    </>
  );
}
