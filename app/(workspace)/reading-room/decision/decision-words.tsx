import { labelReasons, reasonWord } from "@/app/_ui/label-words";
import type { LabelReason } from "@/lib/features/labels/schema";
import { currentWords } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";

/** What the reader says of the coming decision. */
export function DecisionWords() {
  const room = useRoomItself();
  const { reason, note } = useRoom(currentWords);
  return (
    <div className="grid grid-cols-2 gap-1.5">
      <label className="grid gap-0.5">
        <span className="text-muted">Reason</span>
        <select
          value={reason ?? ""}
          onChange={(event) => {
            room.run("set-reason", (event.target.value || null) as LabelReason | null);
            // The letter keys are the viewer's again.
            event.currentTarget.blur();
          }}
          className="min-w-0 rounded-md border border-edge bg-bg px-1.5 py-1"
        >
          <option value="">none given</option>
          {labelReasons.map((one) => (
            <option key={one} value={one}>
              {reasonWord(one)}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-0.5">
        <span className="text-muted">Note (optional)</span>
        <input
          type="text"
          value={note}
          maxLength={1000}
          onChange={(event) => room.run("set-note", event.target.value)}
          onKeyDown={(event) =>
            (event.key === "Escape" || event.key === "Enter") && event.currentTarget.blur()
          }
          className="min-w-0 rounded-md border border-edge bg-bg px-1.5 py-1"
        />
      </label>
    </div>
  );
}
