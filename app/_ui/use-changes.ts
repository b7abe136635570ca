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
 * opens, every `pollMs` where none is open (a proxy that holds streams back, a server on its way up), every tenth time
 * where one is (the server may have lost its own connection to the database for a moment), and when the page is shown
 * again.
 */
export function useChanges(onChange: (change: Change | null) => void, { pollMs = 3_000 } = {}) {
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    const listener: Listener = (change) => latest.current(change);
    listeners.add(listener);
    connect();
    let ticks = 0;
    const poll = setInterval(() => {
      ticks++;
      const open = source?.readyState === EventSource.OPEN;
      if (!document.hidden && (!open || ticks % 10 === 0)) latest.current(null);
    }, pollMs);
    const whenShown = () => {
      connect();
      if (!document.hidden) latest.current(null);
    };
    document.addEventListener("visibilitychange", whenShown);
    return () => {
      listeners.delete(listener);
      document.removeEventListener("visibilitychange", whenShown);
      clearInterval(poll);
      connect();
    };
  }, [pollMs]);
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
