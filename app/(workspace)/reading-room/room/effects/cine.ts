import { useEffect, useRef } from "react";

interface Input {
  /** Slices a second. */
  rate: number;
  running: boolean;
  /** Goes one slice on; false where the picture before is not yet on the screen, and is then asked again. */
  step(): boolean;
}

/** Steps at `rate` by real time. Where pictures come more slowly it waits for each and makes up for nothing. */
export function useCine({ rate, running, step }: Input): void {
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    if (!running || !(rate > 0)) return;
    const interval = 1000 / rate;
    let due = performance.now() + interval;
    let frame = requestAnimationFrame(function tick(now) {
      if (now >= due && latest.current()) due = dueAfter(due, now, interval);
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [rate, running]);
}

/**
 * When the step after one made at `now` is due, in `now`'s milliseconds. A frame's lateness does not add up; a step
 * late by a whole interval begins the beat anew.
 */
export function dueAfter(due: number, now: number, interval: number): number {
  return now - due < interval ? due + interval : now + interval;
}

/** The slice after `index`; the first after the last. */
export function cineNext(index: number, count: number): number {
  return (index + 1) % count;
}
