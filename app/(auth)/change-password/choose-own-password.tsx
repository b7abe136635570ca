"use client";
import { signOut } from "next-auth/react";
import { Button } from "@/app/_ui/button";
import { ChangePasswordForm } from "../change-password-form";

/** The form for a password that is due; goes on `to` a path of this server. */
export function ChooseOwnPassword({ email, to }: { email: string; to: string }) {
  return (
    <>
      <div className="rounded-lg border border-line bg-panel p-5">
        {/* A whole new page: nothing that was refused before stays in memory. */}
        <ChangePasswordForm email={email} onChanged={() => window.location.assign(to)} />
      </div>
      <Button tone="quiet" className="mt-3" onClick={() => void signOut({ callbackUrl: "/sign-in" })}>
        Sign out
      </Button>
    </>
  );
}
