"use client";
import { useState } from "react";
import { copyText } from "@/app/_client/copy-text";
import { Button } from "@/app/_ui/button";

/** A generated password, to be handed over; nobody can see it again. */
export function PasswordOnce({ email, password }: { email: string; password: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div>
      <p>
        The password of <b>{email}</b>:
      </p>
      <div className="my-2 flex items-center gap-2">
        <output
          aria-label="Generated password"
          className="min-w-0 flex-1 rounded-md border border-line bg-bg px-2 py-1 font-mono break-all select-all"
        >
          {password}
        </output>
        <Button onClick={async () => setCopied(await copyText(password))}>
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
      <p className="text-sm text-muted">
        It is shown this once. Hand it over safely; the person can change it in the menu under their name.
      </p>
    </div>
  );
}
