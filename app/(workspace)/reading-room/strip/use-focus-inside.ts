import { useEffect, useRef } from "react";

/**
 * Whether an element has the focus inside, also after what had it was taken out of the page: the browser then gives
 * the focus to nobody.
 */
export function useFocusInside(element: React.RefObject<HTMLElement | null>) {
  const inside = useRef(false);
  useEffect(() => {
    const node = element.current;
    if (!node) return;
    const entered = () => {
      inside.current = true;
    };
    const lost = ({ target }: FocusEvent) =>
      queueMicrotask(() => {
        // Not so where an element goes: it is given back to the one that comes in its place.
        if (target instanceof Element && !target.isConnected) return;
        inside.current = node.contains(document.activeElement);
      });
    node.addEventListener("focusin", entered);
    node.addEventListener("focusout", lost);
    return () => {
      node.removeEventListener("focusin", entered);
      node.removeEventListener("focusout", lost);
    };
  }, [element]);
  return inside;
}
