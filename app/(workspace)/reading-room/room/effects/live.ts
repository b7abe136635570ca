import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useChanges } from "@/app/_ui/use-changes";
import { findStudyAction } from "@/app/(workspace)/studies/[studyId]/actions";
import type { LabelView, StudyView } from "@/lib/features/studies/schema";

/** Changes within this time become one look at the server. */
const quietMs = 300;

/**
 * The study's slices with their labels as they are now: those saved here at once, others' as the server tells of them.
 * `overtakenBy` is the latest label that someone else saved on a slice while the study was open; `signedOut` says that
 * the session has ended.
 */
export function useLiveLabels(asOpened: StudyView) {
  const [study, setStudy] = useState(asOpened);
  const [labels, setLabels] = useState<ReadonlyMap<string, LabelView>>(new Map());
  const [signedOut, setSignedOut] = useState(false);
  const own = useRef(new Set<string>());
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined);
  const studyId = asOpened.id;

  const refreshSoon = useCallback(() => {
    clearTimeout(pending.current);
    pending.current = setTimeout(async () => {
      // Not by the router: its refresh loads the whole page anew where the address changes meanwhile, as it does with
      // every slice, and without a session it would take the reader away in the middle of a stroke.
      const outcome = await findStudyAction({ studyId }).catch(() => null);
      if (!outcome) return;
      setSignedOut(!outcome.ok && outcome.code === "unauthenticated");
      if (outcome.ok) setStudy(outcome.data);
    }, quietMs);
  }, [studyId]);
  useEffect(() => () => clearTimeout(pending.current), []);

  // Polls only where no stream is open, and then seldom: a study is a large answer.
  const opened = useMemo(() => {
    return new Map(asOpened.slices.map(({ id, label }) => [id, label?.version ?? 0] as const));
  }, [asOpened]);
  useChanges(
    (change) => {
      const concerns = change === null || change.topic === "model" || change.topic === "prediction";
      if (concerns || (change.topic === "label" && opened.has(change.id))) refreshSoon();
    },
    { pollMs: 20_000 },
  );

  const slices = useMemo(
    () =>
      study.slices.map((slice) => {
        const label = labels.get(slice.id);
        return label && label.version > (slice.label?.version ?? 0) ? { ...slice, label, flags: [] } : slice;
      }),
    [study, labels],
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
  return { slices, noteLabel, overtakenBy, signedOut, refreshSoon };
}
