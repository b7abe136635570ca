import { type RefObject, useEffect } from "react";
import type { PlainCommandId } from "../room/commands";
import { useRoomItself } from "../use-room";

const moves: Readonly<Record<string, PlainCommandId>> = {
  ArrowLeft: "strip-before",
  ArrowUp: "strip-before",
  ArrowRight: "strip-after",
  ArrowDown: "strip-after",
  Home: "strip-first",
  End: "strip-last",
};

/** Keys pressed in the strip move along its own order, before the page moves along the study's. */
export function useStripKeys(strip: RefObject<HTMLElement | null>) {
  const room = useRoomItself();
  useEffect(() => {
    const node = strip.current;
    if (!node) return;
    const pressed = (event: KeyboardEvent) => {
      const move = event.ctrlKey || event.altKey || event.metaKey ? undefined : moves[event.key];
      if (!move) return;
      event.preventDefault();
      event.stopPropagation();
      room.run(move);
    };
    // React's own listener sits on the document, beside the page's.
    node.addEventListener("keydown", pressed);
    return () => node.removeEventListener("keydown", pressed);
  }, [strip, room]);
}
