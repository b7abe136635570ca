import { useEffect, useState } from "react";
import type { SliceView } from "@/lib/features/studies/schema";
import { maskPath, maskUrlsOf, type SliceMasks } from "../masks/slice-masks";

/** Masks of a slice for the layer over its picture, and a sentence where they could not be loaded. */
export function useSliceMasks(slice: SliceView): {
  masks: SliceMasks | null;
  problem: string | null;
} {
  const [masks, setMasks] = useState<SliceMasks | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { id: sliceId, rows, columns } = slice;
  const { proposed, imported, current } = maskUrlsOf(slice);

  useEffect(() => {
    let left = false;
    const load = (url: string) => (url ? maskPath(url, rows, columns) : "");
    setProblem(null);
    Promise.all([load(proposed), load(imported), load(current)]).then(
      ([proposedPath, importedPath, currentPath]) => {
        if (left) return;
        setMasks({ sliceId, proposed: proposedPath, imported: importedPath, current: currentPath });
      },
      (error) => {
        if (left) return;
        setMasks(null);
        setProblem(error instanceof Error ? error.message : "The masks could not be loaded.");
      },
    );
    return () => {
      left = true;
    };
  }, [sliceId, rows, columns, proposed, imported, current]);

  return { masks, problem };
}

/** Fetches a slice's masks ahead of their being looked at. */
export function prefetchMasks(slice: SliceView): void {
  for (const url of Object.values(maskUrlsOf(slice))) {
    // Whoever looks at the slice asks again and is told.
    if (url) maskPath(url, slice.rows, slice.columns).catch(() => {});
  }
}
