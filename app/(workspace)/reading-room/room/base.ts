import type { DraftSync } from "./drawing/draft-sync";
import type { DrawingStore } from "./drawing/drawing-store";
import type { Ports } from "./ports";
import type { RoomState } from "./state";
import type { Readable } from "./store";

/** What everything in the room rests on. */
export interface Base extends Readable<RoomState> {
  /** Changes fields of one part of the state. */
  put<Part extends keyof RoomState>(part: Part, fields: Partial<RoomState[Part]>): void;
  readonly ports: Ports;
  readonly drawings: DrawingStore;
  readonly sync: DraftSync;
}
