"use client";
import { useRouter } from "next/navigation";
import { Button } from "@/app/_ui/button";
import { useAction } from "@/app/_ui/use-action";
import { retryImportAction } from "./actions";

/** Begins a failed import of a file on the server again. */
export function RetryImportButton({ importId, name }: { importId: string; name: string }) {
  const router = useRouter();
  const { run, busy, refusal } = useAction(retryImportAction);
  return (
    <>
      <Button
        busy={busy}
        aria-label={`Try again: ${name}`}
        onClick={async () => {
          await run({ importId });
          router.refresh();
        }}
      >
        Try again
      </Button>
      {refusal && <p role="alert">{refusal.message}</p>}
    </>
  );
}
