"use client";
import { useRouter } from "next/navigation";
import { Button } from "@/app/_ui/button";
import { useAction } from "@/app/_ui/use-action";
import { cancelJobAction, markSeenAction, retryJobAction } from "./actions";

/** Asks a job to stop at its next safe point. */
export function CancelJobButton({ jobId, name }: { jobId: string; name: string }) {
  const { press, busy, refusal } = usePress(cancelJobAction);
  return (
    <>
      <Button busy={busy} aria-label={`Cancel: ${name}`} onClick={() => press({ jobId })}>
        Cancel
      </Button>
      <Refusal message={refusal?.message} />
    </>
  );
}

/** What a person does about a failed job: try it again where that is possible, or say that they have seen it. */
export function FailedJobButtons({
  jobId,
  name,
  mayRetry,
  isSeen,
}: {
  jobId: string;
  name: string;
  mayRetry: boolean;
  isSeen: boolean;
}) {
  const retry = usePress(retryJobAction);
  const see = usePress(markSeenAction);
  const busy = retry.busy || see.busy;
  return (
    <>
      <span className="flex justify-end gap-1.5">
        {mayRetry && (
          <Button busy={busy} aria-label={`Try again: ${name}`} onClick={() => retry.press({ jobId })}>
            Try again
          </Button>
        )}
        {!isSeen && (
          <Button busy={busy} aria-label={`Mark as seen: ${name}`} onClick={() => see.press({ jobId })}>
            Mark as seen
          </Button>
        )}
      </span>
      <Refusal message={(retry.refusal ?? see.refusal)?.message} />
    </>
  );
}

export function AllSeenButton() {
  const { press, busy, refusal } = usePress(markSeenAction);
  return (
    <>
      <Refusal message={refusal?.message} />
      <Button busy={busy} onClick={() => press({})}>
        Mark all as seen
      </Button>
    </>
  );
}

/** Runs an action and reads the page again, whatever came of it. */
function usePress<Input, Data>(serverAction: Parameters<typeof useAction<Input, Data>>[0]) {
  const router = useRouter();
  const { run, busy, refusal } = useAction(serverAction);
  const press = async (input: Input) => {
    await run(input);
    router.refresh();
  };
  return { press, busy, refusal };
}

function Refusal({ message }: { message: string | undefined }) {
  if (!message) return null;
  return (
    <p role="alert" className="mt-1 text-sm text-flag">
      {message}
    </p>
  );
}
