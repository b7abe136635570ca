import { useCallback, useState } from "react";
import type { SliceView } from "@/lib/features/studies/schema";
import { type ComparedLabels, maskOfLabel } from "../room/compared-masks";
import { type ComparisonState, useComparison } from "../room/effects/comparison";

export interface LabelComparison extends ComparisonState {
  /** Null while nothing is compared. */
  pair: ComparedLabels | null;
  setPair(pair: ComparedLabels | null): void;
}

/** Which two versions of a slice's label are compared, and how they differ; another slice ends it. */
export function useLabelComparison(slice: SliceView): LabelComparison {
  const [chosen, setChosen] = useState<{ sliceId: string; pair: ComparedLabels } | null>(null);
  const pair = chosen?.sliceId === slice.id ? chosen.pair : null;
  const state = useComparison(slice, pair && maskOfLabel(pair.from), pair && maskOfLabel(pair.to));
  const setPair = useCallback(
    (next: ComparedLabels | null) => setChosen(next && { sliceId: slice.id, pair: next }),
    [slice.id],
  );
  return { ...state, pair, setPair };
}
