import { useEffect, useState } from "react";
import type { SliceView } from "@/lib/features/studies/schema";
import type { SliceMasks } from "./mask-overlay";
import { maskPath, maskUrls } from "./slice-masks";

/** Masks of a slice for the overlay, and a sentence where they could not be loaded. */
export function useSliceMasks(slice: SliceView): {
  masks: SliceMasks | null;
  problem: string | null;
} {
  const [masks, setMasks] = useState<SliceMasks | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { sliceId, rows, columns, proposed, current } = masksWanted(slice);

  useEffect(() => {
    let left = false;
    const load = (url: string) => (url ? maskPath(url, rows, columns) : "");
    setProblem(null);
    Promise.all([load(proposed), load(current)]).then(
      ([proposedPath, currentPath]) => {
        if (!left) setMasks({ sliceId, proposed: proposedPath, current: currentPath });
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
  }, [sliceId, rows, columns, proposed, current]);

  return { masks, problem };
}

/** Fetches a slice's masks ahead of their being looked at. */
export function prefetchMasks(slice: SliceView): void {
  const { rows, columns, proposed, current } = masksWanted(slice);
  for (const url of [proposed, current]) {
    // Whoever looks at the slice asks again and is told.
    if (url) maskPath(url, rows, columns).catch(() => {});
  }
}

function masksWanted(slice: SliceView) {
  const { id, rows, columns, prediction, label } = slice;
  return {
    sliceId: id,
    rows,
    columns,
    proposed: prediction?.hasMask ? maskUrls.proposed(id, prediction.modelId) : "",
    current: label?.hasMask ? maskUrls.label(label.id) : "",
  };
}
