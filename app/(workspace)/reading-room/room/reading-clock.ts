import type { Ports } from "./ports";

/**
 * How long the slice at hand has been on the screen with the page in front, in milliseconds: what a label is noted to
 * have taken. Another slice starts it at zero, and so does a decision.
 */
export interface ReadingClock {
  elapsedMs(): number;
  restart(): void;
  /** Stands still while the page is hidden. Returns what ends it. */
  start(): () => void;
}

export function createReadingClock({ page, elapsed }: Pick<Ports, "page" | "elapsed">): ReadingClock {
  let sumMs = 0;
  let since: number | null = null;
  const elapsedMs = () => sumMs + (since === null ? 0 : elapsed() - since);
  const run = () => {
    sumMs = elapsedMs();
    since = page.isHidden() ? null : elapsed();
  };
  return {
    elapsedMs,
    restart() {
      sumMs = 0;
      since = null;
      run();
    },
    start() {
      run();
      return page.onShownOrHidden(run);
    },
  };
}
