"use client";
import { useEffect, useRef } from "react";

export interface Change {
  topic: string;
  id: string;
}

type Listener = (change: Change | null) => void;

/** One stream a page however many components listen: browsers open six connections to a server at most. */
const listeners = new Set<Listener>();
let source: EventSource | null = null;

/**
 * Calls `onChange` for each record that changes on the server, as /api/events tells; and with null when the stream
 * opens, every `pollMs` where none is open (a proxy that holds streams back), every tenth time where one is (the server
 * may have lost its own connection to the database for a moment), and when the page is shown again; of these not while
 * the server does not answer.
 */
export function useChanges(onChange: (change: Change | null) => void, { pollMs = 3_000 } = {}) {
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    const listener: Listener = (change) => latest.current(change);
    listeners.add(listener);
    connect();
    let left = false;
    const ask = async () => {
      if ((await serverAnswers()) && !left) latest.current(null);
    };
    let ticks = 0;
    const poll = setInterval(() => {
      ticks++;
      const open = source?.readyState === EventSource.OPEN;
      if (!document.hidden && (!open || ticks % 10 === 0)) void ask();
    }, pollMs);
    const whenShown = () => {
      connect();
      if (!document.hidden) void ask();
    };
    document.addEventListener("visibilitychange", whenShown);
    return () => {
      left = true;
      listeners.delete(listener);
      document.removeEventListener("visibilitychange", whenShown);
      clearInterval(poll);
      connect();
    };
  }, [pollMs]);
}

let asking: Promise<boolean> | null = null;

/**
 * False where nobody answers. Then nothing may be refreshed: Next.js would leave the page for the address it could not
 * get, and the browser would put its error page in the place of what a person is working on.
 */
function serverAnswers(): Promise<boolean> {
  asking ??= fetch("/api/health/live", { cache: "no-store" })
    .then(
      ({ ok }) => ok,
      () => false,
    )
    .finally(() => {
      asking = null;
    });
  return asking;
}

/** A hidden page holds no stream, so that many open tabs do not use up the browser's connections. */
function connect() {
  if (listeners.size === 0 || document.hidden) {
    source?.close();
    source = null;
  } else if (!source || source.readyState === EventSource.CLOSED) {
    source = new EventSource("/api/events");
    // What changed between the page's rendering and now, or while the stream was lost, was told to nobody.
    source.onopen = () => {
      for (const listener of [...listeners]) listener(null);
    };
    source.onmessage = ({ data }) => {
      const change = JSON.parse(data) as Change;
      for (const listener of [...listeners]) listener(change);
    };
  }
}
