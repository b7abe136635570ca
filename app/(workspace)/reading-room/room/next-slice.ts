import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { nextFlaggedAction, nextUnlabelledAction } from "@/app/(workspace)/studies/[studyId]/actions";
import { slicePixels } from "./picture/slice-pixels";

/** Among which slices the next one is looked for. */
export type NextAmong = "flagged" | "unlabelled";
/** Where a decision leads by itself: one key a slice. */
export type AfterDecision = "stay" | NextAmong;

/** The next slice is fetched ahead once the reader has stayed this long on one. */
const restMs = 700;
const storageKey = "sulcus.after-decision";

const searches = {
  flagged: {
    find: nextFlaggedAction,
    looking: "Looking for the next flagged slice…",
    none: "No other slice is flagged.",
  },
  unlabelled: {
    find: nextUnlabelledAction,
    looking: "Looking for a slice without a label…",
    none: "Every other slice has a label.",
  },
} as const;

/** Goes to the flagged or unlabelled slice after the one at hand: here, or in another study. */
export function useNextSlice(studyId: string, sliceId: string, goToSlice: (sliceId: string) => void) {
  const router = useRouter();
  const [message, setMessage] = useState<string | null>(null);
  const [afterDecision, setAfterDecision] = useState<AfterDecision>("stay");
  useEffect(() => {
    const kept = localStorage.getItem(storageKey);
    if (kept === "flagged" || kept === "unlabelled") setAfterDecision(kept);
  }, []);

  const go = useCallback(
    async (among: NextAmong, from: string) => {
      const { find, looking, none } = searches[among];
      setMessage(looking);
      try {
        const outcome = await find({ sliceId: from });
        if (!outcome.ok) return setMessage(outcome.message);
        const next = outcome.data;
        if (!next) return setMessage(none);
        setMessage(null);
        if (next.studyId === studyId) goToSlice(next.sliceId);
        else router.push(`/studies/${next.studyId}?slice=${next.position}`);
      } catch {
        setMessage("The server could not be reached.");
      }
    },
    [studyId, goToSlice, router],
  );

  const fetchedAhead = afterDecision === "unlabelled" ? "unlabelled" : "flagged";
  useEffect(() => {
    const timer = setTimeout(async () => {
      const outcome = await searches[fetchedAhead].find({ sliceId }).catch(() => null);
      const next = outcome?.ok ? outcome.data : null;
      if (!next) return;
      // Whoever looks at the slice asks again and is told.
      slicePixels(next.sliceId).catch(() => {});
      if (next.studyId !== studyId) router.prefetch(`/studies/${next.studyId}?slice=${next.position}`);
    }, restMs);
    return () => clearTimeout(timer);
  }, [fetchedAhead, sliceId, studyId, router]);

  return {
    go,
    message,
    afterDecision,
    setAfterDecision: (to: AfterDecision) => {
      setAfterDecision(to);
      localStorage.setItem(storageKey, to);
    },
  };
}
