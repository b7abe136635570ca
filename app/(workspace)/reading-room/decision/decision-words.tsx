import { useId, useRef } from "react";
import { labelReasons, reasonWord } from "@/app/_ui/label-words";
import type { LabelReason } from "@/lib/features/labels/schema";
import { currentWords } from "../room/selectors";
import { useRoom, useRoomItself } from "../use-room";
import { RoomSelect } from "./room-select";

/** What the reader says of the coming decision. */
export function DecisionWords() {
  const room = useRoomItself();
  const { reason, note } = useRoom(currentWords);
  const reasonId = useId();
  const noteField = useRef<HTMLInputElement>(null);
  return (
    <div className="grid grid-cols-2 gap-1.5">
      <label htmlFor={reasonId} className="grid gap-0.5">
        <span className="text-muted">Reason</span>
        <RoomSelect
          id={reasonId}
          part="reason"
          value={reason ?? ""}
          onChoose={(value) => room.run("set-reason", (value || null) as LabelReason | null)}
          onDone={() => noteField.current?.focus()}
        >
          <option value="">none given</option>
          {labelReasons.map((one) => (
            <option key={one} value={one}>
              {reasonWord(one)}
            </option>
          ))}
        </RoomSelect>
      </label>
      <label className="grid gap-0.5">
        <span className="text-muted">Note (optional)</span>
        <input
          ref={noteField}
          data-room-part="note"
          type="text"
          value={note}
          maxLength={1000}
          onChange={(event) => room.run("set-note", event.target.value)}
          onKeyDown={(event) =>
            (event.key === "Escape" || event.key === "Enter") && room.run("focus-pictures")
          }
          className="min-w-0 rounded-md border border-edge bg-bg px-1.5 py-1"
        />
      </label>
    </div>
  );
}
