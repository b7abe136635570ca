"use client";

import { rollBackModelAction } from "../actions";
import { DecideForAReason } from "./decide-for-a-reason";

/** Shows what going back to the model before would change, and does it for a stated reason. */
export function RollBack({ modelId, previousNumber }: { modelId: string; previousNumber: number }) {
  return (
    <DecideForAReason
      modelId={modelId}
      action={rollBackModelAction}
      preview="roll-back-preview"
      trigger={`Roll back to model ${previousNumber}`}
      title={`Roll back to model ${previousNumber}?`}
      confirm={`Restore model ${previousNumber}`}
      danger
      reasonLabel="Reason, kept on the models' pages and in the audit trail"
      reason="needed"
    />
  );
}
