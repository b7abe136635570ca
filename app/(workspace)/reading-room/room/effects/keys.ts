import { useEffect, useRef } from "react";
import { type Command, commandOf, ownsKeys } from "../commands/keys";

/** Commands that make sense while a key is held down. */
const repeatable: ReadonlySet<Command> = new Set([
  "slice-before",
  "slice-after",
  "strip-before",
  "strip-after",
  "smaller",
  "larger",
  "undo",
  "redo",
]);

/** Runs commands of keys pressed anywhere on the page, save where the focus owns them. */
export function useCommands(run: (command: Command) => void) {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      // Cornerstone prevents the default of every key pressed in a view, so that says nothing here.
      if (ownsKeys(event.target, event.key) || document.querySelector("dialog[open], [role=dialog]")) return;
      const command = commandOf(event);
      if (!command) return;
      event.preventDefault();
      if (!event.repeat || repeatable.has(command)) latest.current(command);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}
