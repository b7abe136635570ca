"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useChanges } from "./use-changes";

/** Changes within this time become one refresh. */
const quietMs = 400;

/** Renders nothing: asks the server for the page anew when a record of these topics changes. */
export function LiveRefresh({ topics, pollMs = 5_000 }: { topics: readonly string[]; pollMs?: number }) {
  const router = useRouter();
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pending.current), []);
  useChanges(
    (change) => {
      if (change && !topics.includes(change.topic)) return;
      pending.current ??= setTimeout(() => {
        pending.current = undefined;
        router.refresh();
      }, quietMs);
    },
    { pollMs },
  );
  return null;
}
