"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { OutcomeLine } from "@/app/_ui/outcome";
import { useAction } from "@/app/_ui/use-action";
import { askExaminationAction } from "./actions";

/** Asks the workers to look at their machines again; their reports appear as they come. */
export function ExamineAgain() {
  const router = useRouter();
  const { run, busy, refusal } = useAction(askExaminationAction);
  const [asked, setAsked] = useState(0);
  return (
    <>
      {refusal && <OutcomeLine kind="failed">{refusal.message}</OutcomeLine>}
      {!refusal && asked > 0 && (
        <OutcomeLine kind="note">
          {asked === 1 ? "The worker checks" : `${asked} workers check`} the machine; this takes up to a
          minute
        </OutcomeLine>
      )}
      <Button
        busy={busy}
        onClick={async () => {
          const done = await run({});
          if (done) setAsked(done.data.workers);
          router.refresh();
        }}
      >
        Check again
      </Button>
    </>
  );
}
