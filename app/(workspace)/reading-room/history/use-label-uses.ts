import { useEffect, useState } from "react";
import { labelUsesAction } from "@/app/(workspace)/studies/[studyId]/actions";
import type { LabelUse } from "@/lib/features/training/snapshot-schema";

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
