import { type ReactNode, useEffect, useRef } from "react";

interface Props {
  label: string;
  orientation?: "horizontal" | "vertical";
  /** Its name for keys that go from part to part. */
  part?: "tools";
  className?: string;
  children: ReactNode;
}

const items = "button, input, a[href]";

/**
 * A toolbar (WAI-ARIA): one stop of the Tab key for all of it; arrow keys, Home and End go from item to item. A slider
 * in a horizontal one keeps the arrows up and down for itself.
 */
export function Toolbar({ label, orientation = "horizontal", part, className, children }: Props) {
  const toolbar = useRef<HTMLDivElement>(null);
  useEffect(() => rove(toolbar.current!, orientation), [orientation]);
  return (
    <div
      ref={toolbar}
      role="toolbar"
      aria-label={label}
      aria-orientation={orientation}
      data-room-part={part}
      className={className}
    >
      {children}
    </div>
  );
}

/** Keeps one item of a toolbar in the order of Tab: the one that had the focus last. Returns what ends it. */
function rove(node: HTMLElement, orientation: "horizontal" | "vertical"): () => void {
  const list = () => [...node.querySelectorAll<HTMLElement>(items)];
  let stop: HTMLElement | undefined;
  const mark = () => {
    const all = list();
    if (!stop || !all.includes(stop)) stop = all[0];
    for (const item of all) {
      const tabIndex = item === stop ? 0 : -1;
      if (item.tabIndex !== tabIndex) item.tabIndex = tabIndex;
    }
  };
  const focused = ({ target }: FocusEvent) => {
    const item = list().find((one) => one === target);
    if (item) stop = item;
    mark();
  };
  const [back, forward] = orientation === "vertical" ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const all = list();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const places: Record<string, number> = {
      [back]: (at - 1 + all.length) % all.length,
      [forward]: (at + 1) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const to = places[event.key];
    if (at < 0 || to === undefined) return;
    // The page's own listener would go to another slice.
    event.preventDefault();
    event.stopPropagation();
    all[to]!.focus();
  };
  const changed = new MutationObserver(mark);
  changed.observe(node, { childList: true, subtree: true });
  node.addEventListener("focusin", focused);
  node.addEventListener("keydown", pressed);
  mark();
  return () => {
    changed.disconnect();
    node.removeEventListener("focusin", focused);
    node.removeEventListener("keydown", pressed);
  };
}
