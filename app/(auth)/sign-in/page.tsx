import type { Metadata } from "next";
import { OutcomeLine } from "@/app/_ui/outcome";
import { localPath } from "../local-path";
import { ResearchUse } from "../research-use";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

interface Props {
  searchParams: Promise<{ from?: string | string[]; ended?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: Props) {
  const { from, ended } = await searchParams;
  return (
    <main className="grid min-h-dvh place-content-center p-6">
      <div className="w-[22rem] max-w-[calc(100vw-3rem)]">
        <h1 className="text-2xl font-bold tracking-[.04em]">SULCUS</h1>
        <p className="mt-1 mb-5 text-muted">Curation of brain-MRI data sets</p>
        {ended && (
          <div className="mb-3">
            <OutcomeLine kind="note">Your session has ended. Sign in again to continue.</OutcomeLine>
          </div>
        )}
        <SignInForm to={localPath(from)} />
        <ResearchUse />
      </div>
    </main>
  );
}
