import { type RefObject, useMemo } from "react";
import { orientationMarkers } from "@/lib/science/imaging/orientation-markers";
import { type Sequence, sequenceNames } from "../room/picture/hanging";
import type { SliceGeometry } from "../room/picture/layer";
import { windowText } from "../room/picture/window";
import { slicesOf } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";
import type { Drawn } from "./drawn";

interface Props {
  /** 1 for the leftmost. */
  number: number;
  sequence: Sequence;
  slice: SliceGeometry | undefined;
  /** Of the slice in the study. */
  index: number;
  drawn: Drawn;
  /** Gets what the pointer is over. */
  probeText: RefObject<HTMLDivElement | null>;
}

/** What a radiologist expects to read at a view's corners and edges. */
export function ViewCorners({ number, sequence, slice, index, drawn, probeText }: Props) {
  const { patientKey, studyDate } = useRoom(({ server }) => server.study);
  const count = useRoom((state) => slicesOf(state).length);
  const orientation = slice?.orientation;
  const letters = useMemo(() => orientationMarkers(orientation ?? []), [orientation]);
  const spaced = slice?.rowSpacingMm != null && slice.columnSpacingMm != null;
  return (
    <>
      <Text at="left-2.5 top-2">
        <div>{patientKey}</div>
        <SequenceButton number={number} sequence={sequence} />
      </Text>
      <Text at="right-2.5 top-2 text-right">
        <div>{studyDate ?? "no date"}</div>
        <div>
          slice {index + 1} of {count}
          {slice && slice.position !== index + 1 && ` (no. ${slice.position})`}
        </div>
      </Text>
      <Text at="left-2.5 bottom-2">
        <div ref={probeText} data-probe={number} className="whitespace-nowrap" />
        <div>{drawn.index !== null && windowText(drawn.range)}</div>
        <div>{spaced ? `${slice.rowSpacingMm} × ${slice.columnSpacingMm} mm` : "no spacing"}</div>
      </Text>
      <Text at="right-2.5 bottom-2 text-right">
        <div>{drawn.index !== null && `zoom ${drawn.zoom.toFixed(1)}×`}</div>
        {!letters && <div>orientation unknown</div>}
      </Text>
      {letters && (
        <>
          <Text at="left-2.5 top-1/2 -translate-y-1/2">{letters.left}</Text>
          <Text at="right-2.5 top-1/2 -translate-y-1/2">{letters.right}</Text>
          <Text at="top-2 left-1/2 -translate-x-1/2">{letters.top}</Text>
          <Text at="bottom-2 left-1/2 -translate-x-1/2">{letters.bottom}</Text>
        </>
      )}
    </>
  );
}

function Text({ at, children }: { at: string; children: React.ReactNode }) {
  return (
    <div
      className={`pointer-events-none absolute text-[12px] leading-[17px] text-[#c4ccd6] [text-shadow:0_0_3px_#000,0_0_2px_#000] ${at}`}
    >
      {children}
    </div>
  );
}

/** A button and not a list of choices: a list would take the letter keys. */
function SequenceButton({ number, sequence }: Pick<Props, "number" | "sequence">) {
  const room = useRoomItself();
  return (
    <button
      type="button"
      className="pointer-events-auto -mx-1 cursor-pointer rounded px-1 hover:bg-panel2"
      aria-label={`View ${number} shows ${sequenceNames[sequence]}: show the next sequence`}
      title="Show the next sequence"
      onClick={() => room.run("next-sequence", number - 1)}
    >
      {sequenceNames[sequence]} <span aria-hidden="true">▾</span>
    </button>
  );
}
