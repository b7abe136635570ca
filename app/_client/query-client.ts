import { QueryClient } from "@tanstack/react-query";
import { type Change, watchChanges } from "./changes";

declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: QueryFacts;
  }
}

/** What a read says of itself. */
interface QueryFacts {
  /** Which changes on the server make it out of date. Without it nothing does. */
  concerns?: (change: Change) => boolean;
  /** Where no change can be told of, it is read again after this long; a costly read waits longer. */
  pollMs?: number;
  [other: string]: unknown;
}

/** Changes within this time become one look at the server. */
const quietMs = 300;
const pollMs = 3_000;

/** What is read stays as it is until the server tells of a change: nothing is asked for on suspicion. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The machine is in the house: the browser's own word on the network says nothing about it.
        networkMode: "always",
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: false,
      },
    },
  });
}

/** Marks what is out of date as the server tells of changes, and reads again what is in use. Returns what ends it. */
export function followChanges(client: QueryClient): () => void {
  let told: Change[] = [];
  let unknown: "no" | "polled" | "yes" = "no";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    const [changes, guess] = [told, unknown];
    timer = undefined;
    told = [];
    unknown = "no";
    void client.invalidateQueries({
      predicate: ({ meta, state }) => {
        const { concerns, pollMs: rest = 0 } = (meta ?? {}) as QueryFacts;
        if (!concerns) return false;
        if (guess === "yes" || changes.some(concerns)) return true;
        return guess === "polled" && Date.now() - state.dataUpdatedAt >= rest;
      },
    });
  };
  const stop = watchChanges(
    (change, { polled }) => {
      if (change) told.push(change);
      else if (!polled) unknown = "yes";
      else if (unknown === "no") unknown = "polled";
      timer ??= setTimeout(flush, quietMs);
    },
    { pollMs },
  );
  return () => {
    clearTimeout(timer);
    stop();
  };
}
