import { useEffect, useState } from "react";
import type { LabelUse } from "@/lib/features/snapshots/schema";
import { labelUsesAction } from "../actions";

/** A refusal or a lost connection leaves the history without its uses: it says what was labelled all the same. */
export function useLabelUses(sliceId: string, ready: boolean): readonly LabelUse[] {
  const [known, setKnown] = useState<{ sliceId: string; uses: LabelUse[] } | null>(null);
  useEffect(() => {
    if (!ready) return;
    let left = false;
    labelUsesAction({ sliceId }).then(
      (outcome) => !left && outcome.ok && setKnown({ sliceId, uses: outcome.data }),
      () => {},
    );
    return () => {
      left = true;
    };
  }, [sliceId, ready]);
  return known?.sliceId === sliceId ? known.uses : none;
}

const none: readonly LabelUse[] = [];
