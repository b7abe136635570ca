import { useEffect, useState } from "react";

/** Where a reader was about to go: an address, or out of the editor. */
export type Leaving = { to: string } | { to: null };

/**
 * Holds a page with unsaved text back: a link that is followed is told as `leaving`, to be asked about, and the browser
 * asks itself before a reload or a closed tab.
 */
export function useLeaving(unsaved: boolean): [Leaving | null, (leaving: Leaving | null) => void] {
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  useEffect(() => {
    if (!unsaved) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link =
        event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
      if (!link || link.target === "_blank" || elsewhere) return;
      // Before the link's own handler goes there.
      event.preventDefault();
      event.stopPropagation();
      setLeaving({ to: link.getAttribute("href")! });
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [unsaved]);
  return [leaving, setLeaving];
}
