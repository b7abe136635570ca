"use client";
import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";
import { OutcomeLine } from "@/app/_ui/outcome";
import { useAction } from "@/app/_ui/use-action";
import { shortestPassword } from "@/lib/features/users/schema";
import { changeOwnPasswordAction } from "./account-actions";

type Problems = Partial<Record<"current" | "next" | "again", string>>;

/** Everything that is wrong with what was filled in, before the server is asked. */
function problemsOf(form: FormData): Problems {
  const next = String(form.get("next"));
  return {
    ...(form.get("current") ? {} : { current: "Enter the current password" }),
    ...(next.length < shortestPassword ? { next: `Use ${shortestPassword} characters or more` } : {}),
    ...(next === form.get("again") ? {} : { again: "This is not the same as above" }),
  };
}

/** Changes the person's password. That ends all their sessions, so this one is started again before `onChanged`. */
export function ChangePasswordForm({ email, onChanged }: { email: string; onChanged: () => void }) {
  const { run, busy, refusal } = useAction(changeOwnPasswordAction);
  const [problems, setProblems] = useState<Problems>({});

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const next = String(form.get("next"));
    const found = problemsOf(form);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    if (!(await run({ current: String(form.get("current")), next }))) return;
    await signIn("credentials", { email, password: next, redirect: false });
    onChanged();
  };
  const errorOf = (field: keyof Problems) =>
    problems[field] ?? (refusal?.field === field ? refusal.message : null);

  return (
    // The browser itself would tell of one problem at a time.
    <form noValidate onSubmit={submit} className="space-y-3">
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field
        label="Current password"
        name="current"
        type="password"
        autoComplete="current-password"
        required
        autoFocus
        error={errorOf("current")}
      />
      <Field
        label="New password"
        name="next"
        type="password"
        autoComplete="new-password"
        required
        minLength={shortestPassword}
        maxLength={256}
        hint={`${shortestPassword} characters or more; a sentence is fine.`}
        error={errorOf("next")}
      />
      <Field
        label="New password again"
        name="again"
        type="password"
        autoComplete="new-password"
        required
        error={errorOf("again")}
      />
      {refusal && !refusal.field && <OutcomeLine kind="failed">{refusal.message}</OutcomeLine>}
      <Button type="submit" tone="primary" busy={busy}>
        Change password
      </Button>
    </form>
  );
}
