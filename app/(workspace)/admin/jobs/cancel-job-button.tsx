"use client";
import { useRouter } from "next/navigation";
import { Button } from "@/app/_ui/button";
import { useAction } from "@/app/_ui/use-action";
import { cancelJobAction } from "./actions";

/** Asks a job to stop at its next safe point. */
export function CancelJobButton({ jobId, name }: { jobId: string; name: string }) {
  const router = useRouter();
  const { run, busy, refusal } = useAction(cancelJobAction);
  return (
    <>
      <Button
        busy={busy}
        aria-label={`Cancel: ${name}`}
        onClick={async () => {
          await run({ jobId });
          router.refresh();
        }}
      >
        Cancel
      </Button>
      {refusal && (
        <p role="alert" className="mt-1 text-sm text-flag">
          {refusal.message}
        </p>
      )}
    </>
  );
}
