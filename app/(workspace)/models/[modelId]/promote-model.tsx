"use client";

import { promoteModelAction } from "../actions";
import { DecideForAReason } from "./decide-for-a-reason";

/** Shows what promoting a model would change, and does it when confirmed. */
export function PromoteModel({ modelId, number }: { modelId: string; number: number }) {
  return (
    <DecideForAReason
      modelId={modelId}
      action={promoteModelAction}
      preview="promotion-preview"
      trigger={`Promote model ${number}`}
      tone="primary"
      title={`Promote model ${number}?`}
      confirm={`Put model ${number} into production`}
      reasonLabel="Reason for a promotion without a decision by the gate, kept on its page and in the audit trail"
      reason="if-undecided"
    />
  );
}
