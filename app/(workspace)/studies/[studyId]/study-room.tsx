"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { KeyDialog } from "@/app/_viewer/keys/key-dialog";
import type { Command } from "@/app/_viewer/keys/keys";
import { type Decision, decisionsFor } from "@/app/_viewer/label/decisions";
import { sliceName } from "@/app/_viewer/label/label-state";
import { MaskOverlay } from "@/app/_viewer/masks/mask-overlay";
import { prefetchMasks, useSliceMasks } from "@/app/_viewer/masks/use-slice-masks";
import { nextLayout } from "@/app/_viewer/picture/hanging";
import type { LayerPlace } from "@/app/_viewer/picture/layer";
import { SliceStrip } from "@/app/_viewer/strip/slice-strip";
import type { LabelView, StudyView } from "@/lib/features/studies/schema";
import { DecisionColumn } from "./decision-column";
import { useCommands } from "./use-commands";
import { useLabelSaves } from "./use-label-saves";
import { useNextFlagged } from "./use-next-flagged";
import { usePicture } from "./use-picture";
import { ViewToolbar } from "./view-toolbar";

/** Cornerstone needs the browser; the room around it is there at once. */
const ViewerGrid = dynamic(() => import("@/app/_viewer/picture/viewer-grid"), {
  ssr: false,
  loading: () => <div className="min-h-0 bg-black" />,
});

interface Props {
  /** With one slice at least. */
  study: StudyView;
  threshold: number | null;
  initialIndex: number;
  mayLabel: boolean;
}

/** A study on the light box: views, strip, decision, keys. */
export function StudyRoom({ study, threshold, initialIndex, mayLabel }: Props) {
  const router = useRouter();
  const [index, setIndex] = useState(initialIndex);
  const [shown, setShown] = useState<number | null>(null);
  const [reasons, setReasons] = useState<ReadonlyMap<string, string>>(new Map());
  const [keysOpen, setKeysOpen] = useState(false);
  const { slices, noteLabel } = useCurrentLabels(study, router.refresh);
  const picture = usePicture(study.windowLow, study.windowHigh);
  const saving = useLabelSaves(noteLabel);

  // Pictures never change under an open study: the views keep the list they were given.
  const [geometry] = useState(study.slices);
  const slice = slices[index]!;
  const { masks, problem: maskProblem } = useSliceMasks(slice);
  const openedAt = useOpenedAt(index);
  useDeepLink(slice.position);

  const layers = useCallback(
    (place: LayerPlace) =>
      picture.masksOn &&
      masks?.sliceId === place.slice.id && (
        <MaskOverlay masks={masks} opacity={picture.maskOpacity} transform={place.transform} />
      ),
    [masks, picture.masksOn, picture.maskOpacity],
  );

  const goTo = useCallback(
    (wanted: number) => setIndex(Math.min(slices.length - 1, Math.max(0, wanted))),
    [slices.length],
  );
  const goToSlice = useCallback(
    (sliceId: string) => goTo(slices.findIndex((one) => one.id === sliceId)),
    [goTo, slices],
  );
  const scroll = useCallback(
    (by: number) => setIndex((before) => Math.min(slices.length - 1, Math.max(0, before + by))),
    [slices.length],
  );
  const nextFlagged = useNextFlagged(study.id, goToSlice);

  useEffect(() => {
    const timer = setTimeout(() => {
      for (const distance of [1, -1, 2, -2, 3, -3]) {
        const neighbour = slices[index + distance];
        if (neighbour) prefetchMasks(neighbour);
      }
    }, 100);
    return () => clearTimeout(timer);
  }, [slices, index]);

  const seen = shown === index;
  const reason = reasons.get(slice.id) ?? "";
  const decide = (decision: Decision | undefined) => {
    if (!decision || !mayLabel || !seen) return;
    void saving.save({ slice, decision, reason, readingMs: performance.now() - openedAt.current });
  };
  const decideByKey = (key: Decision["key"]) => decide(decisionsFor(slice).find((one) => one.key === key));
  const openStudy = (studyId: string | null) => studyId && router.push(`/studies/${studyId}`);

  const run: Record<Command, () => void> = {
    "slice-before": () => scroll(-1),
    "slice-after": () => scroll(1),
    "slice-first": () => goTo(0),
    "slice-last": () => goTo(slices.length - 1),
    "study-before": () => openStudy(study.previousStudyId),
    "study-after": () => openStudy(study.nextStudyId),
    layout: () => picture.setLayout(nextLayout(picture.layout)),
    invert: picture.toggleInvert,
    reset: picture.reset,
    mask: picture.toggleMasks,
    accept: () => decideByKey("A"),
    flip: () => decideByKey("X"),
    "cannot-tell": () => decideByKey("U"),
    "next-flagged": () => nextFlagged.go(slice.id),
    keys: () => setKeysOpen(true),
    "preset-1": () => picture.preset(0),
    "preset-2": () => picture.preset(1),
    "preset-3": () => picture.preset(2),
    "preset-4": () => picture.preset(3),
    "preset-5": () => picture.preset(4),
  };
  useCommands((command) => run[command]());

  return (
    <div className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_316px] grid-rows-[minmax(0,1fr)_auto] bg-black">
      <h1 className="sr-only">
        Study {study.key} of patient {study.patientKey}
      </h1>
      <div className="grid min-h-0 min-w-0 grid-rows-[34px_minmax(0,1fr)]">
        <ViewToolbar
          layout={picture.layout}
          invert={picture.invert}
          masksOn={picture.masksOn}
          maskOpacity={picture.maskOpacity}
          maskProblem={maskProblem}
          unsaved={saving.unsaved
            .filter((one) => one.state !== "saving")
            .map((one) => ({ sliceId: one.slice.id, position: one.slice.position }))}
          onLayout={picture.setLayout}
          onPreset={picture.preset}
          onInvert={picture.toggleInvert}
          onReset={picture.reset}
          onMasks={picture.toggleMasks}
          onMaskOpacity={picture.setMaskOpacity}
          onGoTo={goToSlice}
          onKeys={run.keys}
        />
        <ViewerGrid
          patientKey={study.patientKey}
          studyDate={study.studyDate}
          slices={geometry}
          index={index}
          hanging={picture.hanging}
          ranges={picture.ranges}
          window={picture.window}
          invert={picture.invert}
          link={picture.link}
          tool="window"
          layers={layers}
          cine={null}
          onCine={() => {}}
          onScroll={scroll}
          onWindow={picture.setWindow}
          onSequence={picture.nextSequence}
          onShown={setShown}
        />
      </div>
      <DecisionColumn
        slice={slice}
        threshold={threshold}
        mayLabel={mayLabel}
        seen={seen}
        save={saving.saves.get(slice.id)}
        reason={reason}
        onReason={(text) => setReasons((before) => new Map(before).set(slice.id, text))}
        onDecide={decide}
        onNextFlagged={() => nextFlagged.go(slice.id)}
        nextMessage={nextFlagged.message}
        onRetry={() => saving.retry(slice.id)}
        onDrop={() => saving.drop(slice.id)}
        onTakeTheirs={() => saving.takeTheirs(slice.id)}
        onSaveOnTop={() => saving.saveOnTop(slice.id)}
      />
      <div className="col-span-2 min-w-0">
        <SliceStrip slices={slices} index={index} onSelect={goTo} />
      </div>
      <p className="sr-only" role="status">
        {sliceName(slice)}
      </p>
      <KeyDialog open={keysOpen} onClose={() => setKeysOpen(false)} />
    </div>
  );
}

/** The study's slices with the labels saved or learned of since the page was rendered; the newer version wins. */
function useCurrentLabels(study: StudyView, refresh: () => void) {
  const [labels, setLabels] = useState<ReadonlyMap<string, LabelView>>(new Map());
  const slices = useMemo(
    () =>
      study.slices.map((slice) => {
        const label = labels.get(slice.id);
        return label && label.version > (slice.label?.version ?? 0) ? { ...slice, label, flags: [] } : slice;
      }),
    [study.slices, labels],
  );
  const noteLabel = useCallback(
    (sliceId: string, label: LabelView) => {
      setLabels((before) => new Map(before).set(sliceId, label));
      // Flags follow labels on the server.
      refresh();
    },
    [refresh],
  );
  return { slices, noteLabel };
}

/** When the slice at hand was opened, in `performance.now()`'s milliseconds. */
function useOpenedAt(index: number) {
  const openedAt = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another slice starts the clock anew
  useEffect(() => {
    openedAt.current = performance.now();
  }, [index]);
  return openedAt;
}

/** Keeps `?slice=` at the slice on the screen, once scrolling rests: browsers limit how often the address may change. */
function useDeepLink(position: number) {
  useEffect(() => {
    const timer = setTimeout(() => {
      const url = new URL(window.location.href);
      if (url.searchParams.get("slice") === String(position)) return;
      url.searchParams.set("slice", String(position));
      window.history.replaceState(null, "", url);
    }, 250);
    return () => clearTimeout(timer);
  }, [position]);
}
