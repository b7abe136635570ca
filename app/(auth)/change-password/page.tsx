import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signedInActor } from "@/app/_server/actor";
import { localPath } from "../local-path";
import { ResearchUse } from "../research-use";
import { ChooseOwnPassword } from "./choose-own-password";

export const metadata: Metadata = { title: "Choose a password" };

interface Props {
  searchParams: Promise<{ from?: string | string[] }>;
}

/** Where a person with a password from an admin is sent until they have chosen one. */
export default async function ChangePasswordPage({ searchParams }: Props) {
  const actor = await signedInActor();
  const to = localPath((await searchParams).from);
  if (!actor.mustChangePassword) redirect(to);
  return (
    <main className="grid min-h-dvh place-content-center p-6">
      <div className="w-[22rem] max-w-[calc(100vw-3rem)]">
        <h1 className="text-2xl font-bold">Choose a password</h1>
        <p className="mt-1 mb-5 text-muted">
          You are signed in as {actor.email}. An administrator gave you this password: choose one that only
          you know, so that your labels are yours. Until then nothing else is open.
        </p>
        <ChooseOwnPassword email={actor.email} to={to} />
        <ResearchUse />
      </div>
    </main>
  );
}
