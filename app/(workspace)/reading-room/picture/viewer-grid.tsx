"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { cineNext, useCine } from "../room/effects/cine";
import { type Sequence, sequenceNames } from "../room/picture/hanging";
import type { LayerPlace } from "../room/picture/layer";
import type { PictureTool } from "../room/picture/tools";
import type { GreyRange, RelativeWindow } from "../room/picture/window";
import type { CameraLink } from "./camera-link";
import { openStage, type Stage } from "./cornerstone";
import { forgetSlices, loadSliceImage, type SliceGeometry } from "./image-loader";
import { createProbe } from "./probe";
import { SliceViewport } from "./slice-viewport";

/** Slices on each side whose pictures are fetched ahead. */
const ahead = 3;
/** What is fetched ahead waits this long for the scrolling to rest, so that it does not hold up the slice at hand. */
const restMs = 60;

interface Props {
  patientKey: string;
  studyDate: string | null;
  slices: readonly SliceGeometry[];
  index: number;
  /** What each view shows, from the left. */
  hanging: readonly Sequence[];
  ranges: Record<Sequence, GreyRange>;
  window: RelativeWindow;
  invert: boolean;
  link: CameraLink;
  /** What the left button does; null: nothing, for someone who listens to the pointer on a layer's `surface`. */
  tool: PictureTool | null;
  /** Drawn over a view's picture and under its corner texts; cannot be clicked. Keep it the same while nothing changed. */
  layers?(place: LayerPlace): React.ReactNode;
  /** Slices a second that are shown by themselves; null: none. */
  cine: number | null;
  /** The slice that the cine goes to; null when it ends because the reader has gone elsewhere. */
  onCine(index: number | null): void;
  onScroll(slices: number): void;
  onWindow(window: RelativeWindow): void;
  onSequence(view: number): void;
  /** The first view has drawn this slice. */
  onShown(index: number): void;
}

/** The linked views side by side on one Cornerstone stage, with the neighbours' pictures fetched ahead. */
export default function ViewerGrid(props: Props) {
  const { slices, index, hanging, tool, cine, onShown, onSequence } = props;
  const [stage, setStage] = useState<Stage | null>(null);
  const [probe] = useState(createProbe);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    try {
      const opened = openStage();
      setStage(opened);
      return () => opened.close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }, []);

  useEffect(() => () => forgetSlices(slices), [slices]);
  useEffect(() => {
    if (stage?.open) stage.setLeft(tool);
  }, [stage, tool]);
  useFetchAhead(stage, slices, index, hanging.join(" "), cine !== null);

  const shown = useRef(new Map<number, number>());
  const noteShown = useCallback(
    (view: number, shownIndex: number) => {
      shown.current.set(view, shownIndex);
      if (view === 1) onShown(shownIndex);
    },
    [onShown],
  );
  const allShown = () => hanging.every((_, view) => shown.current.get(view + 1) === index);
  const endCine = useStudyCine(props, allShown);
  const { onScroll } = props;
  const scroll = useCallback(
    (by: number) => {
      endCine();
      onScroll(by);
    },
    [endCine, onScroll],
  );

  if (problem) return <p role="alert">The pictures cannot be drawn in this browser: {problem}</p>;
  return (
    <div
      className="grid min-h-0 gap-px bg-line"
      style={{ gridTemplateColumns: `repeat(${hanging.length}, minmax(0, 1fr))` }}
    >
      {hanging.map((sequence, view) => (
        <SliceViewport
          // biome-ignore lint/suspicious/noArrayIndexKey: a view is its place
          key={view}
          {...props}
          stage={stage}
          probe={probe}
          number={view + 1}
          viewId={`${stage?.engine.id}-view-${view + 1}`}
          sequence={sequence}
          base={props.ranges[sequence]}
          onScroll={scroll}
          onSequence={() => onSequence(view)}
          onShown={noteShown}
        />
      ))}
      <p className="sr-only" aria-live="polite">
        {hanging.map((sequence) => sequenceNames[sequence]).join(", ")}
      </p>
    </div>
  );
}

/** Fetches the neighbours' pictures, those that a cine comes to first without waiting for a rest. */
function useFetchAhead(
  stage: Stage | null,
  slices: readonly SliceGeometry[],
  index: number,
  sequences: string,
  cine: boolean,
) {
  useEffect(() => {
    if (!stage?.open) return;
    const fetchAhead = () => {
      for (let distance = 1; distance <= ahead; distance++) {
        const before = cine ? undefined : slices[index - distance];
        const after = cine ? slices[(index + distance) % slices.length] : slices[index + distance];
        for (const slice of [after, before]) {
          if (!slice) continue;
          for (const sequence of sequences.split(" ") as Sequence[]) {
            // Whoever looks at the slice asks again and is told.
            loadSliceImage(slice, sequence).catch(() => {});
          }
        }
      }
    };
    const timer = setTimeout(fetchAhead, cine ? 0 : restMs);
    return () => clearTimeout(timer);
  }, [stage, slices, index, sequences, cine]);
}

/** Runs `props.cine` through the study, round and round, until the reader goes elsewhere. Returns what ends it. */
function useStudyCine({ cine, index, slices, onCine }: Props, allShown: () => boolean): () => void {
  /** Where the cine is to be; null while it does not run. */
  const asked = useRef<number | null>(null);
  const latest = useRef({ cine, onCine });
  latest.current = { cine, onCine };
  useEffect(() => {
    if (cine === null) asked.current = null;
    else if (asked.current === null) asked.current = index;
    else if (asked.current !== index) latest.current.onCine(null);
  }, [cine, index]);
  useCine({
    rate: cine ?? 0,
    running: cine !== null,
    step() {
      if (!allShown()) return false;
      asked.current = cineNext(index, slices.length);
      onCine(asked.current);
      return true;
    },
  });
  return useCallback(() => {
    if (latest.current.cine !== null) latest.current.onCine(null);
  }, []);
}
