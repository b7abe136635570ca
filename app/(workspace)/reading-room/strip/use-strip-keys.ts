import { useEffect } from "react";
import { useUnchanging } from "./use-unchanging";

const moves = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  Home: "first",
  End: "last",
} as const;
type Move = (typeof moves)[keyof typeof moves];

/** Keys pressed in the strip move along its own order, before the page moves along the study's. */
export function useStripKeys(strip: React.RefObject<HTMLElement | null>, onMove: (move: Move) => void) {
  const latest = useUnchanging(onMove);
  useEffect(() => {
    const node = strip.current;
    if (!node) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in moves)) return;
      event.preventDefault();
      event.stopPropagation();
      latest(moves[event.key as keyof typeof moves]);
    };
    // React's own listener sits on the document, beside the page's.
    node.addEventListener("keydown", pressed);
    return () => node.removeEventListener("keydown", pressed);
  }, [strip, latest]);
}
