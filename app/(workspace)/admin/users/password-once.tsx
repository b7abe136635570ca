"use client";
import { useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { copyText } from "@/app/_ui/copy-text";

/** A generated password, to be handed over; nobody can see it again. */
export function PasswordOnce({ email, password }: { email: string; password: string }) {
  const shown = useRef<HTMLOutputElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <div>
      <p>
        The password of <b>{email}</b>:
      </p>
      <div className="my-2 flex items-center gap-2">
        <output
          ref={shown}
          aria-label="Generated password"
          className="min-w-0 flex-1 rounded-md border border-line bg-bg px-2 py-1 font-mono break-all select-all"
        >
          {password}
        </output>
        <Button onClick={() => shown.current && setCopied(copyText(shown.current))}>
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
      {copied === false && <p role="alert">The browser could not copy it. It is selected: press Ctrl C.</p>}
      <p className="text-sm text-muted">
        It is shown only now. Pass it on securely; the person chooses a password of their own at the next
        sign-in.
      </p>
    </div>
  );
}
