import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useChanges } from "@/app/_ui/use-changes";
import type { LabelView, StudyView } from "@/lib/features/studies/schema";

/** Changes within this time become one look at the server. */
const quietMs = 300;

/**
 * The study's slices with their labels as they are now: those saved here at once, others' as the server tells of them.
 * `overtakenBy` is the latest label that someone else saved on a slice while the study was open; `signedOut` says that
 * the session has ended.
 */
export function useLiveLabels(study: StudyView) {
  const router = useRouter();
  const [labels, setLabels] = useState<ReadonlyMap<string, LabelView>>(new Map());
  const own = useRef(new Set<string>());
  const [opened] = useState(
    () => new Map(study.slices.map(({ id, label }) => [id, label?.version ?? 0] as const)),
  );
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined);
  const slicesHere = useMemo(() => new Set(study.slices.map(({ id }) => id)), [study.slices]);

  const [signedOut, setSignedOut] = useState(false);
  const anySliceId = study.slices[0]!.id;

  const refreshSoon = useCallback(() => {
    clearTimeout(pending.current);
    pending.current = setTimeout(async () => {
      // A refresh without a session would take the reader to the sign-in page in the middle of a stroke.
      const ended = await sessionEnded(anySliceId);
      setSignedOut(ended === true);
      if (ended === false) router.refresh();
    }, quietMs);
  }, [router, anySliceId]);
  useEffect(() => () => clearTimeout(pending.current), []);

  // Polls only where no stream is open, and then seldom: a study is a large page.
  useChanges(
    (change) => {
      if (change === null || (change.topic === "label" && slicesHere.has(change.id))) refreshSoon();
      if (change?.topic === "model") refreshSoon();
    },
    { pollMs: 20_000 },
  );

  const slices = useMemo(
    () =>
      study.slices.map((slice) => {
        const label = labels.get(slice.id);
        return label && label.version > (slice.label?.version ?? 0) ? { ...slice, label, flags: [] } : slice;
      }),
    [study.slices, labels],
  );

  /** A label became known; `byMe` where this reader has just saved it. */
  const noteLabel = useCallback(
    (sliceId: string, label: LabelView, byMe = false) => {
      if (byMe) own.current.add(label.id);
      setLabels((before) => new Map(before).set(sliceId, label));
      // Flags follow labels on the server.
      refreshSoon();
    },
    [refreshSoon],
  );

  const overtakenBy = useCallback(
    (sliceId: string): LabelView | null => {
      const label = slices.find(({ id }) => id === sliceId)?.label ?? null;
      if (!label || own.current.has(label.id)) return null;
      return label.version > (opened.get(sliceId) ?? 0) ? label : null;
    },
    [slices, opened],
  );
  return { slices, noteLabel, overtakenBy, signedOut };
}

/** Null where the server cannot be reached. */
async function sessionEnded(sliceId: string): Promise<boolean | null> {
  const response = await fetch(`/api/slices/${sliceId}/thumbnail`, { method: "HEAD" }).catch(() => null);
  return response && response.status === 401;
}
