"use client";

import { rejectModelAction } from "../actions";
import { DecideForAReason } from "./decide-for-a-reason";

/** Rejects a candidate or a retired model for a stated reason. */
export function RejectModel({ modelId, number }: { modelId: string; number: number }) {
  return (
    <DecideForAReason
      modelId={modelId}
      action={rejectModelAction}
      trigger={`Reject model ${number}`}
      title={`Reject model ${number}?`}
      confirm={`Reject model ${number}`}
      danger
      reasonLabel="Reason, kept on its page and in the audit trail"
      reason="needed"
    >
      <p>A rejected model stays on record with its figures and cannot be promoted.</p>
    </DecideForAReason>
  );
}
