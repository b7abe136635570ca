"use client";
import { useEffect, useState } from "react";
import { layouts, type Sequence, sequenceNames, viewsIn } from "../room/picture/hanging";
import type { SliceGeometry } from "../room/picture/layer";
import { hanging, isDrawingTool } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";
import { createCameraLink } from "./camera-link";
import { openStage, type Stage } from "./cornerstone";
import { forgetSlices, loadSliceImage } from "./image-loader";
import { createProbe } from "./probe";
import { SliceViewport } from "./slice-viewport";

/** Numbers of the views, from the left: a view is its place. */
const views = layouts.map(viewsIn);
/** Slices on each side whose pictures are fetched ahead. */
const ahead = 3;
/** What is fetched ahead waits this long for the scrolling to rest, so that it does not hold up the slice at hand. */
const restMs = 60;

/** The linked views side by side on one Cornerstone stage, with the neighbours' pictures fetched ahead. */
export default function ViewerGrid() {
  const room = useRoomItself();
  // Pictures never change under an open study: the views keep the list they were given.
  const [slices] = useState<readonly SliceGeometry[]>(() => room.get().server.study.slices);
  const [probe] = useState(createProbe);
  const [link] = useState(createCameraLink);
  const [stage, setStage] = useState<Stage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const sequences = useRoom(hanging);

  useEffect(() => {
    try {
      const opened = openStage();
      const detach = room.attachStage({
        resetCameras: link.reset,
        cancelMeasurement: opened.measurements.cancel,
        deleteMeasurements: (which) => void opened.measurements.remove(which),
      });
      setStage(opened);
      return () => {
        detach();
        opened.close();
      };
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }, [room, link]);
  useEffect(() => () => forgetSlices(slices), [slices]);
  const tool = useRoom(({ view }) => (isDrawingTool(view.tool) ? null : view.tool));
  useEffect(() => {
    if (stage?.open) stage.setLeft(tool);
  }, [stage, tool]);
  useFetchAhead(stage, slices, sequences);

  if (problem) return <p role="alert">The pictures cannot be drawn in this browser: {problem}</p>;
  return (
    <div
      className="grid min-h-0 gap-px bg-line"
      style={{ gridTemplateColumns: `repeat(${sequences.length}, minmax(0, 1fr))` }}
    >
      {views.slice(0, sequences.length).map((number) => (
        <SliceViewport
          key={number}
          stage={stage}
          probe={probe}
          link={link}
          slices={slices}
          number={number}
          sequence={sequences[number - 1]!}
        />
      ))}
      <p className="sr-only" aria-live="polite">
        {sequences.map((sequence) => sequenceNames[sequence]).join(", ")}
      </p>
    </div>
  );
}

/** Fetches the neighbours' pictures, those that a cine comes to first without waiting for a rest. */
function useFetchAhead(
  stage: Stage | null,
  slices: readonly SliceGeometry[],
  sequences: readonly Sequence[],
) {
  const index = useRoom(({ view }) => view.index);
  const cine = useRoom(({ now }) => now.cine);
  useEffect(() => {
    if (!stage?.open) return;
    const fetchAhead = () => {
      for (let distance = 1; distance <= ahead; distance++) {
        const before = cine ? undefined : slices[index - distance];
        const after = cine ? slices[(index + distance) % slices.length] : slices[index + distance];
        for (const slice of [after, before]) {
          if (!slice) continue;
          // The reader who opens the slice sends the request again and sees the error.
          for (const sequence of sequences) loadSliceImage(slice, sequence).catch(() => {});
        }
      }
    };
    const timer = setTimeout(fetchAhead, cine ? 0 : restMs);
    return () => clearTimeout(timer);
  }, [stage, slices, index, sequences, cine]);
}
