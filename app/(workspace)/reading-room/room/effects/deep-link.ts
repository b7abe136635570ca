import { useCallback, useEffect, useState } from "react";

/** Which slice is on the light box, and the ways to another. */
export function usePlace(slices: readonly { id: string; position: number }[], initialIndex: number) {
  const [index, setIndex] = useState(initialIndex);
  const last = slices.length - 1;
  const goTo = useCallback((wanted: number) => setIndex(Math.min(last, Math.max(0, wanted))), [last]);
  const scroll = useCallback(
    (by: number) => setIndex((before) => Math.min(last, Math.max(0, before + by))),
    [last],
  );
  const goToSlice = useCallback(
    (sliceId: string) => {
      const found = slices.findIndex((one) => one.id === sliceId);
      if (found >= 0) setIndex(found);
    },
    [slices],
  );
  useDeepLink(slices[index]!.position);
  return { index, goTo, scroll, goToSlice, last };
}

/** Keeps `?slice=` at the slice on the screen, once scrolling rests: browsers limit how often the address may change. */
function useDeepLink(position: number) {
  useEffect(() => {
    const timer = setTimeout(() => {
      const url = new URL(window.location.href);
      if (url.searchParams.get("slice") === String(position)) return;
      url.searchParams.set("slice", String(position));
      window.history.replaceState(null, "", url);
    }, 250);
    return () => clearTimeout(timer);
  }, [position]);
}
