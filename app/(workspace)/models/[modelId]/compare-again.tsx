"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/app/_ui/button";
import { OutcomeLine } from "@/app/_ui/outcome";
import { useAction } from "@/app/_ui/use-action";
import { requestComparisonAction } from "../actions";

/** Asks for a comparison with the model in production. */
export function CompareAgain({ modelId, productionNumber }: { modelId: string; productionNumber: number }) {
  const router = useRouter();
  const action = useAction(requestComparisonAction);

  async function ask() {
    if (await action.run({ modelId })) router.refresh();
  }

  return (
    <div className="flex flex-col items-start gap-2">
      <Button tone="primary" busy={action.busy} onClick={ask}>
        Compare with model {productionNumber}
      </Button>
      {action.refusal && <OutcomeLine kind="failed">{action.refusal.message}</OutcomeLine>}
    </div>
  );
}
