"use client";
import { useCallback, useEffect, useState } from "react";
import type { SliceMasks } from "../masks/mask-overlay";
import type { CameraLink } from "./camera-link";
import { openStage, type Stage } from "./cornerstone";
import { type Sequence, sequenceNames } from "./hanging";
import { loadSliceImage, type SliceGeometry } from "./image-loader";
import { SliceViewport } from "./slice-viewport";
import type { GreyRange, RelativeWindow } from "./window";

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
  masks: SliceMasks | null;
  maskOpacity: number;
  onScroll(slices: number): void;
  onWindow(window: RelativeWindow): void;
  onSequence(view: number): void;
  /** The first view has drawn this slice. */
  onShown(index: number): void;
}

/** The linked views side by side on one Cornerstone stage, with the neighbours' pictures fetched ahead. */
export default function ViewerGrid(props: Props) {
  const { slices, index, hanging, onShown, onSequence } = props;
  const [stage, setStage] = useState<Stage | null>(null);
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

  const sequences = hanging.join(" ");
  useEffect(() => {
    if (!stage?.open) return;
    const fetchAhead = () => {
      for (let distance = 1; distance <= ahead; distance++) {
        for (const slice of [slices[index + distance], slices[index - distance]]) {
          if (!slice) continue;
          for (const sequence of sequences.split(" ") as Sequence[]) {
            // Whoever looks at the slice asks again and is told.
            loadSliceImage(slice, sequence).catch(() => {});
          }
        }
      }
    };
    const timer = setTimeout(fetchAhead, restMs);
    return () => clearTimeout(timer);
  }, [stage, slices, index, sequences]);

  const shownFirst = useCallback((shown: number) => onShown(shown), [onShown]);
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
          number={view + 1}
          viewId={`${stage?.engine.id}-view-${view + 1}`}
          sequence={sequence}
          base={props.ranges[sequence]}
          onSequence={() => onSequence(view)}
          onShown={view === 0 ? shownFirst : ignore}
        />
      ))}
      <p className="sr-only" aria-live="polite">
        {hanging.map((sequence) => sequenceNames[sequence]).join(", ")}
      </p>
    </div>
  );
}

function ignore() {}
