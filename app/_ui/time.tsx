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
const withSeconds: Intl.DateTimeFormatOptions = { second: "2-digit" };
const never = () => () => {};

interface Props {
  at: Date | string;
  /** For logs: with seconds. */
  seconds?: boolean;
}

/**
 * A moment in the reader's own time zone, `2026-11-23 21:58`; before the browser is ready, in UTC. Every date and time
 * on a page is written here.
 */
export function Time({ at, seconds = false }: Props) {
  const moment = new Date(at);
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const text = written(moment, { ...(seconds && withSeconds), ...(!inBrowser && { timeZone: "UTC" }) });
  return (
    <time dateTime={moment.toISOString()} className="whitespace-nowrap">
      {text}
      {!inBrowser && " UTC"}
    </time>
  );
}

/** For what has just happened: `14:02`, with the day where that is not today. In a browser alone. */
export function clockText(moment: Date): string {
  const text = written(moment, {});
  const [today] = written(new Date(), {}).split(" ");
  return text.startsWith(`${today} `) ? text.slice(text.indexOf(" ") + 1) : text;
}

// The Swedish way of writing a moment is the ISO order.
function written(moment: Date, more: Intl.DateTimeFormatOptions): string {
  return moment.toLocaleString("sv-SE", { ...format, ...more });
}
