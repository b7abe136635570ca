"use client";
import { useSyncExternalStore } from "react";

const format: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
};
const never = () => () => {};

/** A moment in the reader's own time zone, `2026-11-23 21:58`; before the browser is ready, in UTC. */
export function Time({ at }: { at: Date | string }) {
  const moment = new Date(at);
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  // The Swedish way of writing a moment is the ISO order.
  const text = moment.toLocaleString("sv-SE", inBrowser ? format : { ...format, timeZone: "UTC" });
  return (
    <time dateTime={moment.toISOString()} className="whitespace-nowrap">
      {text}
      {!inBrowser && " UTC"}
    </time>
  );
}
