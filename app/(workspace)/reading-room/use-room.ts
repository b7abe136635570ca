"use client";
import { createContext, use, useSyncExternalStore } from "react";
import type { Room } from "./room/room";
import type { RoomState } from "./room/state";

const RoomContext = createContext<Room | null>(null);

/** Gives the parts below it their room. */
export const RoomProvider = RoomContext.Provider;

/** The room itself, to run commands in. */
export function useRoomItself(): Room {
  const room = use(RoomContext);
  if (!room) throw new Error("there is no reading room around this part");
  return room;
}

/** What a selector reads off the room's state; the part is drawn again when that is another value. */
export function useRoom<Value>(select: (state: RoomState) => Value): Value {
  const room = useRoomItself();
  const read = () => {
    const value = select(room.get());
    // A selector that makes a new object each time would draw its part with every move of the pen.
    if (process.env.NODE_ENV === "development" && !Object.is(value, select(room.get())))
      throw new Error(`a selector of the reading room makes a new value each time: ${select}`);
    return value;
  };
  return useSyncExternalStore(room.subscribe, read, read);
}
