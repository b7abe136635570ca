import { useEffect, useMemo, useState } from "react";
import type { SliceView } from "@/lib/features/studies/schema";
import { type ComparedMask, maskOfLabel } from "../room/compared-masks";
import type { DrawingStore } from "../room/drawing/drawing-store";
import { useComparison } from "../room/effects/comparison";
import { maskPixels, maskUrls } from "../room/masks/slice-masks";
import type { Save } from "../room/saves/send";
import { useLabelComparison } from "./use-label-comparison";

/** What is compared on the pictures: two versions of the slice's label, or, in a conflict, theirs and the reader's own. */
export function useRoomComparison(slice: SliceView, save: Save | undefined, store: DrawingStore) {
  const versions = useLabelComparison(slice);
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const conflict = save?.state === "conflict" && askedFor === slice.id ? save : undefined;
  const theirs = conflict?.label ?? null;
  const mine = useOwnMask(slice, conflict, store);
  const own = useComparison(slice, theirs && mine && maskOfLabel(theirs), theirs && mine);
  return {
    /** What the pictures show; null for none. */
    comparison: conflict ? own.comparison : versions.comparison,
    on: conflict !== undefined || versions.pair !== null,
    versions,
    conflict: conflict && own.comparison ? { comparison: own.comparison, theirs: conflict.label! } : null,
    conflictOn: conflict !== undefined,
    conflictProblem: conflict ? own.problem : null,
    toggleConflict: () => setAskedFor((before) => (before === slice.id ? null : slice.id)),
    end() {
      setAskedFor(null);
      versions.setPair(null);
    },
  };
}

/** The mask that the reader's own decision would save; null while it loads or where there is no conflict. */
function useOwnMask(slice: SliceView, conflict: Save | undefined, store: DrawingStore): ComparedMask | null {
  const { id: sliceId, rows, columns } = slice;
  const choice = conflict?.decision.mask;
  const proposedBy = choice === "proposed" ? (slice.prediction?.modelId ?? null) : null;
  const [proposed, setProposed] = useState<ComparedMask | null>(null);
  useEffect(() => {
    setProposed(null);
    if (!proposedBy) return;
    let left = false;
    maskPixels(maskUrls.proposed(sliceId, proposedBy), rows, columns).then(
      (mask) => left || setProposed({ mask }),
      // Without it nothing is compared; the masks' own message says why.
      () => {},
    );
    return () => {
      left = true;
    };
  }, [sliceId, rows, columns, proposedBy]);

  const theirs = conflict?.label;
  const drawn = choice === "drawn" ? store.settledOf(sliceId) : null;
  return useMemo((): ComparedMask | null => {
    if (!choice) return null;
    // A copy: the drawing's own mask goes on changing under the pen.
    if (choice === "drawn") return drawn && { mask: drawn.mask.slice() };
    if (choice === "proposed") return proposed;
    if (choice === "current" && theirs) return maskOfLabel(theirs);
    return { labelId: null };
  }, [choice, drawn, proposed, theirs]);
}
