import { type MaskKind, maskKinds, maskWords } from "../room/masks/masks-shown";
import { masksPresent } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";
import { maskLines } from "./mask-layer";

/** Legend and switches in one: how each mask is drawn, and whether it is. */
export function MaskSwitches() {
  const room = useRoomItself();
  const shown = useRoom(({ view }) => view.masks);
  const present = useRoom(masksPresent);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lie in the toolbar's row
    <span role="group" aria-label="Masks shown" className="flex items-center">
      {maskKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          aria-pressed={shown[kind]}
          aria-label={`Mask: ${maskWords[kind]}${present[kind] ? "" : ", none on this slice"}`}
          title={
            present[kind] ? `Show or hide: ${maskWords[kind]}` : `${maskWords[kind]}: none on this slice`
          }
          onClick={() => room.run("toggle-mask", kind)}
          className="flex cursor-pointer items-center gap-1 rounded-[5px] px-1.5 py-[3px] whitespace-nowrap text-muted line-through aria-pressed:text-text aria-pressed:no-underline hover:bg-panel2"
        >
          <MaskLine kind={kind} faint={!present[kind] || !shown[kind]} />
          <span className={present[kind] ? undefined : "opacity-70"}>{maskWords[kind]}</span>
        </button>
      ))}
    </span>
  );
}

/** A piece of the line that a mask is drawn with. */
export function MaskLine({ kind, faint = false }: { kind: MaskKind; faint?: boolean }) {
  const { colour, width, dashes } = maskLines[kind];
  return (
    <svg width="20" height="8" aria-hidden="true" className={faint ? "opacity-40" : undefined}>
      <line
        x1="1"
        x2="19"
        y1="4"
        y2="4"
        className={colour}
        strokeWidth={width + 0.25}
        strokeDasharray={dashes}
        strokeLinecap="round"
      />
    </svg>
  );
}
