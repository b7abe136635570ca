import { useCallback, useEffect, useState } from "react";
import { listLabelsAction } from "@/app/(workspace)/studies/[studyId]/actions";
import type { LabelView } from "@/lib/features/studies/schema";

/** While slices fly past, none is asked for. */
const settledMs = 150;

interface History {
  key: string;
  labels: LabelView[] | null;
  problem: string | null;
}

/** All versions of a slice's label, newest first; null while they load. `version` is the one on the screen. */
export function useLabelHistory(sliceId: string, version: number) {
  const key = `${sliceId} ${version}`;
  const [history, setHistory] = useState<History | null>(null);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (version === 0) return;
    let left = false;
    const timer = setTimeout(async () => {
      const put = (labels: LabelView[] | null, problem: string | null) => {
        if (!left) setHistory({ key, labels, problem });
      };
      try {
        const outcome = await listLabelsAction({ sliceId });
        if (outcome.ok) put(outcome.data, null);
        else put(null, outcome.message);
      } catch {
        put(null, "The label's history could not be loaded.");
      }
    }, settledMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [key, sliceId, version, attempt]);

  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  if (version === 0) return { labels: [], problem: null, retry };
  const known = history?.key === key ? history : null;
  return { labels: known?.labels ?? null, problem: known?.problem ?? null, retry };
}
