import { useEffect, useState } from "react";
import type { KeyboardLayout } from "../room/commands/keyboard-layout";

/** Chromium has it on https and localhost, other browsers not at all (Keyboard Map, W3C draft). */
interface WithKeyboard {
  keyboard?: { getLayoutMap?(): Promise<KeyboardLayout> };
}

/** The keyboard's layout as it is when the component appears; null where the browser does not tell. */
export function useKeyboardLayout(): KeyboardLayout | null {
  const [layout, setLayout] = useState<KeyboardLayout | null>(null);
  useEffect(() => {
    let isOver = false;
    const { keyboard } = navigator as Navigator & WithKeyboard;
    keyboard?.getLayoutMap?.().then(
      (map) => {
        if (!isOver) setLayout(map.size > 0 ? map : null);
      },
      // A page inside another one may be denied it.
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, []);
  return layout;
}
