"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Sequence, sequenceNames } from "../room/picture/hanging";
import type { LayerPlace, SliceGeometry } from "../room/picture/layer";
import type { PictureTool } from "../room/picture/tools";
import { isDrawingTool } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";
import type { CameraLink } from "./camera-link";
import type { Stage } from "./cornerstone";
import { PictureLayers } from "./picture-layers";
import { isPlainLeft } from "./plain-left";
import type { Probe } from "./probe";
import { useProbe } from "./use-probe";
import { useStackView } from "./use-stack-view";
import { useWheel } from "./use-wheel";
import { ViewCorners } from "./view-corners";

interface Props {
  stage: Stage | null;
  probe: Probe;
  link: CameraLink;
  slices: readonly SliceGeometry[];
  /** 1 for the leftmost. */
  number: number;
  sequence: Sequence;
}

/** One view: the picture, the layers over it, and what a radiologist expects to read in its corners. */
export function SliceViewport({ stage, probe, link, slices, number, sequence }: Props) {
  const room = useRoomItself();
  const index = useRoom(({ view }) => view.index);
  const tool = useRoom(({ view }) => (isDrawingTool(view.tool) ? null : view.tool));
  const [surface, setSurface] = useState<HTMLDivElement | null>(null);
  const viewId = `${stage?.engine.id}-view-${number}`;
  const { drawn, problem, view } = useStackView(surface, { stage, viewId, sequence, slices, link });
  useWheel(surface, link);
  useDeafToLeft(surface, tool === null);

  useEffect(() => {
    if (drawn.index !== null) room.run("note-shown", { view: number, index: drawn.index });
  }, [room, number, drawn.index]);

  const shown = drawn.index ?? index;
  const slice = slices[shown];
  const { matrix, transform } = drawn;
  const place = useMemo<LayerPlace | null>(
    () =>
      drawn.index !== null && slice && surface
        ? { view: number, sequence, slice, matrix, transform, surface }
        : null,
    [drawn.index, slice, surface, number, sequence, matrix, transform],
  );

  const probeText = useRef<HTMLDivElement>(null);
  const cross = useRef<HTMLDivElement>(null);
  useProbe({ probe, number, surface, drawn, slice, view, text: probeText, cross });

  return (
    <section
      className="relative min-h-0 min-w-0 overflow-hidden bg-black select-none"
      aria-label={`${sequenceNames[sequence]}, slice ${shown + 1} of ${slices.length}`}
      aria-busy={drawn.index !== index && !problem}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the mouse's right button zooms; keys do the rest */}
      <div
        ref={setSurface}
        // Cornerstone leaves a cursor of its own behind after each measurement.
        className={`absolute inset-0 touch-none bg-black ${seam} ${tool ? cursors[tool] : ""}`}
        onContextMenu={(event) => event.preventDefault()}
        onMouseDown={(event) => event.button === 1 && event.preventDefault()}
      />
      {place && (
        <div className="pointer-events-none absolute inset-0 overflow-hidden">
          <PictureLayers place={place} />
        </div>
      )}
      <div
        ref={cross}
        hidden
        data-cross={number}
        aria-hidden="true"
        className="pointer-events-none absolute left-0 top-0"
      >
        <Cross />
      </div>
      <ViewCorners
        number={number}
        sequence={sequence}
        slice={slice}
        index={shown}
        drawn={drawn}
        probeText={probeText}
      />
      {problem && (
        <div
          role="alert"
          className="absolute inset-0 grid place-content-center gap-3 bg-black p-6 text-center"
        >
          <p>{problem}</p>
          <button
            type="button"
            className="justify-self-center rounded-md border border-line bg-panel2 px-3 py-1.5"
            onClick={() => view?.retry()}
          >
            Try again
          </button>
        </div>
      )}
    </section>
  );
}

/** Dark beside the lines of measurements, for bright tissue. */
const seam = "[&_.svg-layer]:[filter:drop-shadow(0_0_1px_#000)_drop-shadow(0_0_2px_#000)]";

const cursors: Record<PictureTool, string> = {
  window: "cursor-crosshair!",
  pan: "cursor-grab!",
  zoom: "cursor-zoom-in!",
  length: "cursor-crosshair!",
  area: "cursor-crosshair!",
};

/** Open in the middle, so that the pixel can be seen. */
function Cross() {
  const arms = "M-14 0H-4M4 0H14M0-14V-4M0 4V14";
  return (
    <svg aria-hidden="true" className="absolute overflow-visible" width="1" height="1" fill="none">
      <path d={arms} stroke="#000" strokeOpacity="0.6" strokeWidth="3" />
      <path d={arms} className="stroke-text" strokeOpacity="0.75" strokeWidth="1" />
    </svg>
  );
}

/** Keeps a plain left press, and the moves after it, from Cornerstone's mouse listeners; pointer events go on. */
function useDeafToLeft(node: HTMLElement | null, deaf: boolean) {
  useEffect(() => {
    if (!node || !deaf) return;
    let dragging = false;
    const press = (event: MouseEvent) => {
      dragging = !isPlainLeft(event);
      if (!dragging) event.stopImmediatePropagation();
    };
    const move = (event: MouseEvent) => {
      if (event.buttons === 0) dragging = false;
      if (!dragging) event.stopImmediatePropagation();
    };
    node.addEventListener("mousedown", press, { capture: true });
    node.addEventListener("mousemove", move, { capture: true });
    return () => {
      node.removeEventListener("mousedown", press, { capture: true });
      node.removeEventListener("mousemove", move, { capture: true });
    };
  }, [node, deaf]);
}
