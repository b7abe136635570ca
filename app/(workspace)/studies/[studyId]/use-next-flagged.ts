import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { nextFlaggedAction } from "./actions";

/** Goes to the flagged slice after the one at hand: here, or in another study. */
export function useNextFlagged(studyId: string, goToSlice: (sliceId: string) => void) {
  const router = useRouter();
  const [message, setMessage] = useState<string | null>(null);
  const go = useCallback(
    async (sliceId: string) => {
      setMessage("Looking for the next flagged slice…");
      try {
        const outcome = await nextFlaggedAction({ sliceId });
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
  return { go, message };
}
