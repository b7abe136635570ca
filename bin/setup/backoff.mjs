const firstMs = 1000;
const longestMs = 30_000;
const settledMs = 60_000;

/**
 * How long to wait before what has ended is started again: `next(livedMs)` is 1 s, then twice as long each time up to
 * 30 s. What has lived for more than a minute counts as settled, and the waits begin again.
 */
export function makeBackoff() {
  let waitMs = firstMs;
  return {
    next(livedMs) {
      if (livedMs > settledMs) waitMs = firstMs;
      const now = waitMs;
      waitMs = Math.min(waitMs * 2, longestMs);
      return now;
    },
  };
}
