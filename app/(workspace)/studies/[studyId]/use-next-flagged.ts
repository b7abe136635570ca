import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { slicePixels } from "@/app/_viewer/picture/slice-pixels";
import { nextFlaggedAction } from "./actions";

/** The next flagged slice is fetched ahead once the reader has stayed this long on one. */
const restMs = 700;
const storageKey = "sulcus.next-after-decision";

/** Goes to the flagged slice after the one at hand: here, or in another study. */
export function useNextFlagged(studyId: string, sliceId: string, goToSlice: (sliceId: string) => void) {
  const router = useRouter();
  const [message, setMessage] = useState<string | null>(null);
  const [automatic, setAutomatic] = useState(false);
  useEffect(() => setAutomatic(localStorage.getItem(storageKey) === "1"), []);

  const go = useCallback(
    async (from: string) => {
      setMessage("Looking for the next flagged slice…");
      try {
        const outcome = await nextFlaggedAction({ sliceId: from });
        if (!outcome.ok) return setMessage(outcome.message);
        const next = outcome.data;
        if (!next) return setMessage("No other slice is flagged.");
        setMessage(null);
        if (next.studyId === studyId) goToSlice(next.sliceId);
        else router.push(`/studies/${next.studyId}?slice=${next.position}`);
      } catch {
        setMessage("The server could not be reached.");
      }
    },
    [studyId, goToSlice, router],
  );

  useEffect(() => {
    const timer = setTimeout(async () => {
      const outcome = await nextFlaggedAction({ sliceId }).catch(() => null);
      const next = outcome?.ok ? outcome.data : null;
      if (!next) return;
      // Whoever looks at the slice asks again and is told.
      slicePixels(next.sliceId).catch(() => {});
      if (next.studyId !== studyId) router.prefetch(`/studies/${next.studyId}?slice=${next.position}`);
    }, restMs);
    return () => clearTimeout(timer);
  }, [sliceId, studyId, router]);

  return {
    go,
    message,
    /** True where a decision leads on to the next flagged slice by itself: one key a slice. */
    automatic,
    setAutomatic: (on: boolean) => {
      setAutomatic(on);
      localStorage.setItem(storageKey, on ? "1" : "0");
    },
  };
}
