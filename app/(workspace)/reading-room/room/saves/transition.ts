import type { LabelView } from "@/lib/records/label-view";
import type { NewSave, Save } from "./save";

/** What happens to a save on its way. */
export type SaveEvent =
  /** The server has it as this label. */
  | { kind: "answered"; label: LabelView }
  /** The server refuses it, in these words. */
  | { kind: "refused"; message: string }
  /** Someone else was faster with this label. */
  | { kind: "overtaken"; label: LabelView; message: string }
  /** Nobody answered. */
  | { kind: "lost"; message: string };

/**
 * A save's life:
 *
 * - `saving`: it is on its way. Only here do answers count; one that comes in another state changes nothing.
 * - `saved`: the server has it. This is the end.
 * - `failed`: it was refused or lost, and says why. Sent again it is `saving`.
 * - `conflict`: someone else labelled the slice meanwhile. It waits for the reader, who drops it or sends it on top:
 *   then it is `saving` again.
 */
export function begun(decided: NewSave): Save {
  return { ...decided, state: "saving" };
}

/** The save after what has happened to it. */
export function transition(save: Save, event: SaveEvent): Save {
  if (save.state !== "saving") return save;
  switch (event.kind) {
    case "answered":
      return { ...save, state: "saved", label: event.label };
    case "refused":
      return { ...save, state: "failed", message: event.message };
    case "lost":
      return { ...save, state: "failed", message: event.message, lost: true };
    case "overtaken":
      return { ...save, state: "conflict", message: event.message, label: event.label };
  }
}
