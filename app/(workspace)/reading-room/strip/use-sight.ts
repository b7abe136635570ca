import { useEffect, useState } from "react";

/** How far a row is scrolled and how much of it can be seen, in CSS pixels. */
export function useSight(row: React.RefObject<HTMLElement | null>) {
  const [sight, setSight] = useState({ scrolled: 0, width: 1920 });
  useEffect(() => {
    const node = row.current;
    if (!node) return;
    const look = () => setSight({ scrolled: node.scrollLeft, width: node.clientWidth });
    const resized = new ResizeObserver(look);
    resized.observe(node);
    node.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      node.removeEventListener("scroll", look);
    };
  }, [row]);
  return sight;
}
