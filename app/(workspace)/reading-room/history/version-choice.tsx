import type { LabelView } from "@/lib/records/label-view";
import { type ComparedLabels, pairWith } from "../room/compared-masks";
import { useRoomItself } from "../use-room";

interface Props {
  /** What the radio buttons of one list have in common. */
  radios: string;
  label: LabelView;
  pair: ComparedLabels;
}

/** A version's two radio buttons: compared from it, and to it. */
export function VersionChoice({ radios, label, pair }: Props) {
  const room = useRoomItself();
  return (["from", "to"] as const).map((side) => (
    <input
      key={side}
      type="radio"
      name={`${radios}${side}`}
      aria-label={`Compare ${side} version ${label.version}`}
      title={`Compare ${side} version ${label.version}`}
      className="mt-[3px] mr-2.5 size-4 shrink-0 cursor-pointer accent-accent"
      checked={pair[side].id === label.id}
      onChange={() => room.run("compare-versions", pairWith(pair, side, label))}
      // After a click the keys belong to the slices again; who chooses by keys stays.
      onPointerUp={(event) => {
        const radio = event.currentTarget;
        setTimeout(() => radio.blur());
      }}
    />
  ));
}
