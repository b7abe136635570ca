import { useEffect, useMemo, useRef } from "react";

/**
 * How long the slice at hand has been on the screen with the page in front, in milliseconds: what a label is noted to
 * have taken. Another slice starts it anew, and so does `restart`.
 */
export function useReadingClock(sliceId: string) {
  const clock = useRef({ sumMs: 0, since: null as number | null });
  const reading = useMemo(
    () => ({
      elapsedMs: () => {
        const { sumMs, since } = clock.current;
        return sumMs + (since === null ? 0 : performance.now() - since);
      },
      restart: () => {
        clock.current = { sumMs: 0, since: document.hidden ? null : performance.now() };
      },
    }),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another slice starts the clock anew
  useEffect(() => {
    reading.restart();
    const shownOrHidden = () => {
      const { sumMs, since } = clock.current;
      if (document.hidden && since !== null)
        clock.current = { sumMs: sumMs + performance.now() - since, since: null };
      else if (!document.hidden && since === null) clock.current = { sumMs, since: performance.now() };
    };
    document.addEventListener("visibilitychange", shownOrHidden);
    return () => document.removeEventListener("visibilitychange", shownOrHidden);
  }, [reading, sliceId]);
  return reading;
}
