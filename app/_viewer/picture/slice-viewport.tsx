"use client";
import { useEffect, useRef } from "react";
import { MaskOverlay, type SliceMasks } from "../masks/mask-overlay";
import { type Sequence, sequenceNames } from "./hanging";
import { wheelTravel } from "./scroll";
import { type StackViewInput, useStackView } from "./use-stack-view";
import { windowText } from "./window";

interface Props extends StackViewInput {
  /** 1 for the leftmost. */
  number: number;
  patientKey: string;
  /** ISO day, or null. */
  studyDate: string | null;
  /** Masks of one slice; drawn while that slice is on the screen. Null while they are off or loading. */
  masks: SliceMasks | null;
  maskOpacity: number;
  onScroll(slices: number): void;
  onSequence(): void;
  onShown(index: number): void;
}

/** One view: the picture, its masks, and what a radiologist expects to read in its corners. */
export function SliceViewport(props: Props) {
  const { number, sequence, slices, index, patientKey, studyDate, masks, maskOpacity, link } = props;
  const { onScroll, onSequence, onShown } = props;
  const element = useRef<HTMLDivElement>(null);
  const { drawn, problem, retry } = useStackView(element, props);
  useWheel(element, onScroll, link.zoomBy);

  useEffect(() => {
    if (drawn.index !== null) onShown(drawn.index);
  }, [drawn.index, onShown]);

  const shown = drawn.index ?? index;
  const slice = slices[shown];
  const spaced = slice?.rowSpacingMm != null && slice.columnSpacingMm != null;
  return (
    <section
      className="relative min-h-0 min-w-0 overflow-hidden bg-black select-none"
      aria-label={`${sequenceNames[sequence]}, slice ${shown + 1} of ${slices.length}`}
      aria-busy={drawn.index !== index && !problem}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the mouse's right button zooms; keys do the rest */}
      <div
        ref={element}
        className="absolute inset-0 cursor-crosshair touch-none bg-black"
        onContextMenu={(event) => event.preventDefault()}
        onMouseDown={(event) => event.button === 1 && event.preventDefault()}
      />
      {masks && drawn.index !== null && masks.sliceId === slices[drawn.index]?.id && (
        <MaskOverlay masks={masks} opacity={maskOpacity} transform={drawn.transform} />
      )}
      <Corner at="left-2.5 top-2">
        <div>{patientKey}</div>
        <SequenceButton number={number} sequence={sequence} onSequence={onSequence} />
      </Corner>
      <Corner at="right-2.5 top-2 text-right">
        <div>{studyDate ?? "no date"}</div>
        <div>
          slice {shown + 1} of {slices.length}
          {slice && slice.position !== shown + 1 && ` (no. ${slice.position})`}
        </div>
      </Corner>
      <Corner at="left-2.5 bottom-2">
        <div>{drawn.index !== null && windowText(drawn.range)}</div>
        <div>{spaced ? `${slice.rowSpacingMm} × ${slice.columnSpacingMm} mm` : "no spacing"}</div>
      </Corner>
      <Corner at="right-2.5 bottom-2 text-right">
        <div>{drawn.index !== null && `zoom ${drawn.zoom.toFixed(1)}×`}</div>
        <div>orientation unknown</div>
      </Corner>
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

function Corner({ at, children }: { at: string; children: React.ReactNode }) {
  return (
    <div
      className={`pointer-events-none absolute text-[12px] leading-[17px] text-[#c4ccd6] [text-shadow:0_0_3px_#000,0_0_2px_#000] ${at}`}
    >
      {children}
    </div>
  );
}

interface SequenceButtonProps {
  number: number;
  sequence: Sequence;
  onSequence(): void;
}

/** A button and not a list of choices: a list would take the letter keys. */
function SequenceButton({ number, sequence, onSequence }: SequenceButtonProps) {
  return (
    <button
      type="button"
      className="pointer-events-auto -mx-1 cursor-pointer rounded px-1 hover:bg-panel2"
      aria-label={`View ${number} shows ${sequenceNames[sequence]}: show the next sequence`}
      title="Show the next sequence"
      onClick={onSequence}
    >
      {sequenceNames[sequence]} <span aria-hidden="true">▾</span>
    </button>
  );
}

/** The wheel scrolls; a pinch on a touchpad, which arrives as Ctrl and wheel, zooms. */
function useWheel(
  element: React.RefObject<HTMLDivElement | null>,
  onScroll: (slices: number) => void,
  onZoom: (factor: number) => void,
) {
  useEffect(() => {
    const node = element.current;
    if (!node) return;
    let rest = 0;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      if (event.ctrlKey) return onZoom(Math.exp(-event.deltaY / 100));
      const travel = wheelTravel(rest, event.deltaY, event.deltaMode);
      rest = travel.rest;
      if (travel.slices !== 0) onScroll(travel.slices);
    };
    // React's own wheel listener is passive and cannot keep the page still.
    node.addEventListener("wheel", wheel, { passive: false });
    return () => node.removeEventListener("wheel", wheel);
  }, [element, onScroll, onZoom]);
}
