"use client";
import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";
import { OutcomeLine } from "@/app/_ui/outcome";

/** Signs in and goes `to` a path of this server. */
export function SignInForm({ to }: { to: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    const result = await signIn("credentials", {
      email: String(form.get("email")),
      password: String(form.get("password")),
      redirect: false,
    }).catch(() => undefined);
    if (result?.ok) {
      // A whole new page: nothing of an earlier person's session stays in memory.
      window.location.assign(to);
      return;
    }
    setBusy(false);
    setProblem(messageOf(result?.error));
  };

  return (
    <form onSubmit={submit} className="space-y-3 rounded-lg border border-line bg-panel p-5">
      <Field label="E-mail address" name="email" type="email" autoComplete="username" required autoFocus />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      {problem && <OutcomeLine kind="failed">{problem}</OutcomeLine>}
      <Button type="submit" tone="primary" busy={busy} className="w-full py-1.5">
        {busy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

function messageOf(error: string | null | undefined): string {
  if (!error) return "The server could not be reached. Try again.";
  return error === "CredentialsSignin" ? "E-mail address or password is wrong." : error;
}
