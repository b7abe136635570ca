import { slicePixels } from "./slice-pixels";

/**
 * Fetches pictures one after another while the browser is idle: those that the next study will show first. A slice's
 * pixels hold all sequences. Returns what ends it, for when the reader moves on.
 */
export function prefetchPictures(sliceIds: readonly string[]): () => void {
  const wanted = [...sliceIds];
  let withdraw = () => {};
  const next = () => {
    const sliceId = wanted.shift();
    if (!sliceId) return;
    withdraw = whenIdle(() => {
      // Whoever looks at the slice asks again and is told.
      slicePixels(sliceId).then(next, next);
    });
  };
  next();
  return () => {
    wanted.length = 0;
    withdraw();
  };
}

function whenIdle(work: () => void): () => void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(work, 200);
    return () => clearTimeout(timer);
  }
  const callback = requestIdleCallback(work);
  return () => cancelIdleCallback(callback);
}
