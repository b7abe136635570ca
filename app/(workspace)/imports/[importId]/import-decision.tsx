"use client";
import { useRouter } from "next/navigation";
import { Button } from "@/app/_ui/button";
import { OutcomeLine } from "@/app/_ui/outcome";
import { useAction } from "@/app/_ui/use-action";
import { cancelImportAction, confirmImportAction } from "../actions";

/** The buttons of an import that is not done: import (where `confirm` names what), and discard or stop. */
export function ImportDecision({
  importId,
  confirm,
  cancel,
}: {
  importId: string;
  confirm?: string;
  cancel: string;
}) {
  const router = useRouter();
  const confirming = useAction(confirmImportAction);
  const cancelling = useAction(cancelImportAction);
  const refusal = confirming.refusal ?? cancelling.refusal;
  const busy = confirming.busy || cancelling.busy;
  const refreshAfter = async (run: Promise<unknown>) => {
    if (await run) router.refresh();
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {refusal && <OutcomeLine kind="failed">{refusal.message}</OutcomeLine>}
      {confirm && (
        <Button tone="primary" busy={busy} onClick={() => refreshAfter(confirming.run({ importId }))}>
          {confirm}
        </Button>
      )}
      <Button busy={busy} onClick={() => refreshAfter(cancelling.run({ importId }))}>
        {cancel}
      </Button>
    </div>
  );
}
