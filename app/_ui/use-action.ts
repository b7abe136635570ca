"use client";
import { useCallback, useState } from "react";
import type { Outcome } from "@/app/_server/action";
import { actionTooLarge } from "@/app/_server/action-limit";

type Refusal = Extract<Outcome<unknown>, { ok: false }>;

/**
 * Runs a server action and keeps its state: `busy` while it is under way, `refusal` when it said no. A lost connection
 * becomes a refusal too. `run` gives the data, or null.
 */
export function useAction<Input, Data>(serverAction: (input: Input) => Promise<Outcome<Data>>) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Omit<Refusal, "code"> | null>(null);

  const run = async (input: Input): Promise<{ data: Data } | null> => {
    setBusy(true);
    setRefusal(null);
    try {
      const outcome = await serverAction(input);
      if (outcome.ok) return { data: outcome.data };
      setRefusal(outcome);
    } catch (error) {
      const message =
        error instanceof Error && error.message === actionTooLarge
          ? actionTooLarge
          : "The server could not be reached, or it failed. Try again.";
      setRefusal({ ok: false, message });
    } finally {
      setBusy(false);
    }
    return null;
  };
  const clear = useCallback(() => setRefusal(null), []);

  return { run, busy, refusal, clear };
}
