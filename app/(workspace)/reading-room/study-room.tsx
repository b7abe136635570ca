"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { requestHeatmapAction } from "@/app/(workspace)/studies/[studyId]/actions";
import type { StudyView } from "@/lib/features/studies/schema";
import { DecisionColumn } from "./decision/decision-column";
import { DecisionQuestions } from "./decision/decision-questions";
import { SaveOutcome } from "./decision/save-outcome";
import { SliceNotices } from "./decision/slice-notices";
import { DrawingBar } from "./drawing/drawing-bar";
import { ToolRail } from "./drawing/tool-rail";
import { LabelHistory } from "./history/label-history";
import { useRoomComparison } from "./history/use-room-comparison";
import { KeyDialog } from "./keys/key-dialog";
import { spacingOf } from "./label/area-words";
import { sliceName } from "./label/label-state";
import { PictureLayers } from "./picture/picture-layers";
import { PredictionCard } from "./prediction/prediction-card";
import { PredictionReasons } from "./prediction/prediction-reasons";
import { roomCommands } from "./room/commands/index";
import { useDecide } from "./room/decide";
import { closePolygon } from "./room/drawing/begin-press";
import { useDrawingEdits } from "./room/drawing/edit";
import { type PolygonInProgress, withoutLastCorner } from "./room/drawing/polygon-in-progress";
import { usePlace } from "./room/effects/deep-link";
import { makeDrawingKit, useDrawing } from "./room/effects/drawing";
import { useFetchAhead } from "./room/effects/fetch-ahead";
import { useHeatmap } from "./room/effects/heatmap";
import { useCommands } from "./room/effects/keys";
import { useLiveLabels } from "./room/effects/live";
import { useSliceMasks } from "./room/effects/masks";
import { useMasksShown } from "./room/masks/masks-shown";
import { useNextSlice } from "./room/next-slice";
import type { LayerPlace } from "./room/picture/layer";
import { useReadingClock } from "./room/reading-clock";
import { isDrawingTool, useTools } from "./room/remembered";
import { useLabelSaves } from "./room/saves/send";
import { usePicture } from "./room/selectors";
import { defaultStripView, stripNeighbour } from "./room/strip-order";
import { unsavedSlices } from "./room/unsaved-slices";
import { SliceStrip } from "./strip/slice-strip";
import { ViewToolbar } from "./toolbar/view-toolbar";

/** Cornerstone needs the browser; the room around it is there at once. */
const ViewerGrid = dynamic(() => import("./picture/viewer-grid"), {
  ssr: false,
  loading: () => <div className="min-h-0 bg-black" />,
});

// Cornerstone is large: it is fetched while the room wakes up, not after.
if (typeof window !== "undefined") import("./picture/viewer-grid").catch(() => {});

interface Props {
  /** With one slice at least. */
  study: StudyView;
  initialIndex: number;
  mayLabel: boolean;
  /** Whose journal this browser opens. */
  userId: string;
}

/** A study on the light box: views, strip, drawing, decision, keys. */
export function StudyRoom({ study, initialIndex, mayLabel, userId }: Props) {
  const router = useRouter();
  const { slices, noteLabel, overtakenBy, signedOut, refreshSoon } = useLiveLabels(study);
  const place = usePlace(slices, initialIndex);
  const { index, goTo, scroll, goToSlice } = place;
  const slice = slices[index]!;
  const [shown, setShown] = useState<number | null>(null);
  const [keysOpen, setKeysOpen] = useState(false);
  const [heatmapOn, setHeatmapOn] = useState(false);
  const [stripView, setStripView] = useState(defaultStripView);
  const [polygon, setPolygon] = useState<PolygonInProgress | null>(null);
  const picture = usePicture(study.windowLow, study.windowHigh);
  const masksShown = useMasksShown();
  const tools = useTools();
  const reading = useReadingClock(slice.id);
  const nextSlice = useNextSlice(study.id, slice.id, goToSlice);
  // Pictures never change under an open study: the views keep the list they were given.
  const [geometry] = useState(study.slices);

  const [kit] = useState(() => makeDrawingKit(userId, study.id, refreshSoon));
  const { drawing, unsaved, others, problem, discard, settleElsewhere } = useDrawing(
    kit,
    study.id,
    slice,
    mayLabel,
  );
  const edits = useDrawingEdits(kit.store, slices, index);
  const saving = useLabelSaves({
    studyId: study.id,
    journal: kit.journal,
    drawings: kit.store,
    onLabel: noteLabel,
    onSaved(save) {
      const { slice: saved, label } = save;
      if (label) noteLabel(saved.id, label, true);
      const among = nextSlice.afterDecision;
      if (among !== "stay" && saved.id === slice.id) void nextSlice.go(among, saved.id);
    },
  });
  const save = saving.saves.get(slice.id);
  const comparing = useRoomComparison(slice, save, kit.store);

  const { masks, problem: maskProblem } = useSliceMasks(slice);
  const { heatmap, status: heatmapStatus } = useHeatmap(slice, heatmapOn, requestHeatmapAction);
  useFetchAhead(slices, index, study.nextStudy);

  const ready = mayLabel && shown === index;
  const deciding = useDecide({ slice, drawing, ready, reading, save: (one) => void saving.save(one) });
  const openPolygon = polygon?.sliceId === slice.id ? polygon : null;
  const endPolygon = () => {
    if (openPolygon) closePolygon(kit.store, slice, openPolygon);
    setPolygon(null);
  };

  const run = roomCommands({
    place,
    picture,
    tools,
    edits,
    deciding,
    mayDraw: mayLabel,
    ready,
    toggleMasks: masksShown.toggleAll,
    toggleHeatmap: () => setHeatmapOn((before) => !before),
    alongStrip: (by) => place.goTo(stripNeighbour(slices, stripView, index, by)),
    openStudy: (which) => {
      const studyId = which === "before" ? study.previousStudyId : study.nextStudy?.id;
      if (studyId) router.push(`/studies/${studyId}`);
    },
    goToNext: (among) => void nextSlice.go(among, slice.id),
    showKeys: () => setKeysOpen(true),
    polygon: {
      isOpen: openPolygon !== null,
      close: endPolygon,
      undoCorner: () => openPolygon && setPolygon(withoutLastCorner(openPolygon)),
      drop: () => setPolygon(null),
    },
    comparing,
  });
  useCommands((command) => run[command]());

  const { tool, settings } = tools;
  const pen = useMemo(
    () => (ready && isDrawingTool(tool) ? { tool, settings, polygon, onPolygon: setPolygon } : null),
    [ready, tool, settings, polygon],
  );
  const { comparison } = comparing;
  const layers = useCallback(
    (place: LayerPlace) => (
      <PictureLayers
        place={place}
        store={kit.store}
        masks={masks}
        shown={masksShown.shown}
        opacity={picture.maskOpacity}
        heatmap={heatmapOn ? heatmap : null}
        comparison={comparison}
        pen={pen}
      />
    ),
    [kit, masks, masksShown.shown, picture.maskOpacity, heatmapOn, heatmap, comparison, pen],
  );
  const drafts = useMemo(() => new Set(unsaved.map((draft) => draft.sliceId)), [unsaved]);
  const strokes = drawing?.draft.done ?? 0;

  return (
    <div className="grid h-full min-h-0 grid-cols-[46px_minmax(0,1fr)_316px] grid-rows-[minmax(0,1fr)_auto] bg-black">
      <h1 className="sr-only">
        Study {study.key} of patient {study.patientKey}
      </h1>
      <ToolRail tool={tool} mayLabel={mayLabel} onTool={tools.setTool} />
      <div className="grid min-h-0 min-w-0 grid-rows-[34px_auto_minmax(0,1fr)]">
        <ViewToolbar
          picture={picture}
          masksShown={masksShown}
          slice={slice}
          drawn={strokes > 0}
          maskProblem={maskProblem}
          unsaved={unsavedSlices(slices, drafts, saving.unsaved)}
          measuring={tool === "length" || tool === "area"}
          onGoTo={goToSlice}
          onKeys={run.keys}
        />
        {mayLabel ? (
          <DrawingBar
            tool={tool}
            settings={settings}
            drawing={drawing}
            polygonOpen={openPolygon !== null}
            hasProposal={slice.prediction?.hasMask === true}
            message={edits.message}
            onResize={tools.resize}
            onTolerance={tools.setTolerance}
            onUndo={run.undo}
            onRedo={run.redo}
            onFillHoles={run["fill-holes"]}
            onInterpolate={run.interpolate}
            onCopyBefore={run["copy-before"]}
            onAcceptAndEdit={run["accept-and-edit"]}
            onClear={run["clear-mask"]}
            onClosePolygon={endPolygon}
            onDiscard={() => void discard(slice.id).then(edits.say)}
            onSettleElsewhere={(keep) => void settleElsewhere(slice.id, keep)}
          />
        ) : (
          <span />
        )}
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
          tool={isDrawingTool(tool) ? null : tool}
          layers={layers}
          cine={picture.cine}
          onCine={(next) => (next === null ? picture.stopCine() : goTo(next))}
          onScroll={scroll}
          onWindow={picture.setWindow}
          onSequence={picture.nextSequence}
          onShown={setShown}
        />
      </div>
      <DecisionColumn
        slice={slice}
        mayLabel={mayLabel}
        ready={ready}
        busy={save?.state === "saving"}
        decisions={deciding.decisions}
        reason={deciding.reason}
        note={deciding.note}
        nextMessage={nextSlice.message}
        afterDecision={nextSlice.afterDecision}
        heatmapOn={heatmapOn}
        onReason={deciding.setReason}
        onNote={deciding.setNote}
        onDecide={deciding.decide}
        onNextFlagged={run["next-flagged"]}
        onAfterDecision={nextSlice.setAfterDecision}
        onHeatmap={run.heatmap}
        prediction={<PredictionCard slice={slice} />}
        reasons={
          <PredictionReasons
            slices={slices}
            index={index}
            heatmap={heatmapOn ? heatmap : null}
            heatmapStatus={heatmapStatus}
            onGoTo={(position) => goTo(slices.findIndex((one) => one.position === position))}
          />
        }
        notices={
          <>
            <SaveOutcome
              save={save}
              comparing={comparing}
              spacing={spacingOf(slice)}
              onRetry={() => saving.retry(slice.id)}
              onDrop={() => saving.drop(slice.id)}
              onTakeTheirs={() => {
                saving.takeTheirs(slice.id);
                void discard(slice.id).then(edits.say);
              }}
              onSaveOnTop={() => saving.saveOnTop(slice.id)}
              onCompare={comparing.toggleConflict}
            />
            <SliceNotices
              sliceId={slice.id}
              others={others}
              overtakenBy={save?.state === "conflict" ? null : overtakenBy(slice.id)}
              recoveredFrom={drawing?.recoveredFrom ?? null}
              recoveredStrokes={strokes}
              problem={problem}
              signedOut={signedOut}
            />
          </>
        }
        history={
          <LabelHistory
            slice={slice}
            comparing={comparing.versions}
            restoring={
              mayLabel
                ? { onLabel: (id, label) => noteLabel(id, label, true), readingMs: reading.elapsedMs }
                : undefined
            }
          />
        }
      />
      <div className="col-span-3 min-w-0">
        <SliceStrip
          slices={slices}
          index={index}
          view={stripView}
          drafts={drafts}
          onView={setStripView}
          onSelect={goTo}
        />
      </div>
      <p className="sr-only" role="status">
        {sliceName(slice)}
      </p>
      <DecisionQuestions
        question={deciding.question}
        drawnPixels={drawing?.areaPixels ?? 0}
        deciding={deciding}
      />
      <KeyDialog open={keysOpen} onClose={() => setKeysOpen(false)} />
    </div>
  );
}
