"use client";

import { retireModelAction } from "../actions";
import { DecideForAReason } from "./decide-for-a-reason";

/** Puts a candidate aside. */
export function RetireModel({ modelId, number }: { modelId: string; number: number }) {
  return (
    <DecideForAReason
      modelId={modelId}
      action={retireModelAction}
      trigger={`Retire model ${number}`}
      title={`Retire model ${number}?`}
      confirm={`Retire model ${number}`}
      reasonLabel="Reason (optional), kept on its page and in the audit trail"
      reason="optional"
    >
      <p>A retired model stays on record with its figures; it may still be promoted.</p>
    </DecideForAReason>
  );
}
