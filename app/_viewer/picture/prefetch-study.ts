import type { SliceGeometry } from "./image-loader";
import { slicePixels } from "./slice-pixels";

/** Slices on each side of the first picture that are fetched with it. */
const beside = 3;

/**
 * Fetches the pictures that a study will show first, around the slice at index `around`, one after another while the
 * browser is idle. A slice's pixels hold all sequences. Returns what ends it, for when the reader moves on.
 */
export function prefetchStudy(slices: readonly SliceGeometry[], around: number): () => void {
  const wanted = firstShown(slices.length, around).map((index) => slices[index]!.id);
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

/** Indices of `around` and its neighbours, the nearest first, those after before those ahead. */
export function firstShown(count: number, around: number): number[] {
  const indices = [around];
  for (let distance = 1; distance <= beside; distance++) indices.push(around + distance, around - distance);
  return indices.filter((index) => index >= 0 && index < count);
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
