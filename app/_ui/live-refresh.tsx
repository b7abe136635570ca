"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useChanges } from "./use-changes";

/** Changes within this time become one refresh. */
const quietMs = 400;

/** Renders nothing: asks the server for the page again when a record of these topics changes. */
export function LiveRefresh({ topics, pollMs = 5_000 }: { topics: readonly string[]; pollMs?: number }) {
  const router = useRouter();
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pending.current), []);
  const refresh = () => {
    // An open dialog finishes first: changing one's password ends the session and begins another, and a page that is
    // asked for in between would lead to the sign-in form.
    const busy = document.querySelector("[role=dialog]") !== null;
    pending.current = busy ? setTimeout(refresh, quietMs) : undefined;
    if (!busy) router.refresh();
  };
  useChanges(
    (change) => {
      if (change && !topics.includes(change.topic)) return;
      pending.current ??= setTimeout(refresh, quietMs);
    },
    { pollMs },
  );
  return null;
}
