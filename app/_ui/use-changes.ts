"use client";
import { useEffect, useEffectEvent } from "react";
import { type Change, watchChanges } from "@/app/_client/changes";

/** Calls `onChange` as `watchChanges` does, as long as the component is there. */
export function useChanges(onChange: (change: Change | null) => void, { pollMs = 3_000 } = {}) {
  const changed = useEffectEvent(onChange);
  useEffect(() => watchChanges((change) => changed(change), { pollMs }), [pollMs]);
}
