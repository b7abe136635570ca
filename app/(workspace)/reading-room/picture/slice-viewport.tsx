"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { sequenceNames } from "../room/picture/hanging";
import type { LayerPlace } from "../room/picture/layer";
import type { PictureTool } from "../room/picture/tools";
import { isPlainLeft } from "./plain-left";
import type { Probe } from "./probe";
import { useProbe } from "./use-probe";
import { type StackViewInput, useStackView } from "./use-stack-view";
import { useWheel } from "./use-wheel";
import { ViewCorners } from "./view-corners";

interface Props extends StackViewInput {
  /** 1 for the leftmost. */
  number: number;
  patientKey: string;
  /** ISO day, or null. */
  studyDate: string | null;
  tool: PictureTool | null;
  probe: Probe;
  layers?(place: LayerPlace): React.ReactNode;
  onScroll(slices: number): void;
  onSequence(): void;
  /** This view has drawn the slice at `index`. */
  onShown(view: number, index: number): void;
}

/** One view: the picture, the layers over it, and what a radiologist expects to read in its corners. */
export function SliceViewport(props: Props) {
  const { number, sequence, slices, index, patientKey, studyDate, tool, probe, layers, link } = props;
  const { onScroll, onSequence, onShown } = props;
  const [surface, setSurface] = useState<HTMLDivElement | null>(null);
  const { drawn, problem, retry, readPixel } = useStackView(surface, props);
  useWheel(surface, onScroll, link.zoomBy);
  useDeafToLeft(surface, tool === null);

  useEffect(() => {
    if (drawn.index !== null) onShown(number, drawn.index);
  }, [number, drawn.index, onShown]);

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
  useProbe({ probe, view: number, surface, drawn, slice, readPixel, text: probeText, cross });

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
      {place && layers && (
        <div className="pointer-events-none absolute inset-0 overflow-hidden">{layers(place)}</div>
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
        patientKey={patientKey}
        studyDate={studyDate}
        slice={slice}
        index={shown}
        count={slices.length}
        drawn={drawn}
        probeText={probeText}
        onSequence={onSequence}
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
            onClick={retry}
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
