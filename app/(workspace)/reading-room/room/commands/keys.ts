/** What a key asks for. `preset-1` to `preset-5` choose windows. */
export type Command =
  | "slice-before"
  | "slice-after"
  | "strip-before"
  | "strip-after"
  | "slice-first"
  | "slice-last"
  | "study-before"
  | "study-after"
  | "next-flagged"
  | "next-unlabelled"
  | "cine"
  | "layout"
  | "invert"
  | "reset"
  | "mask"
  | "heatmap"
  | "accept"
  | "flip"
  | "cannot-tell"
  | "submit"
  | "tool-window"
  | "tool-pan"
  | "tool-zoom"
  | "tool-length"
  | "tool-area"
  | "delete-measurement"
  | "tool-brush"
  | "tool-eraser"
  | "tool-threshold"
  | "tool-polygon"
  | "tool-flood"
  | "smaller"
  | "larger"
  | "close-polygon"
  | "undo-corner"
  | "accept-and-edit"
  | "copy-before"
  | "interpolate"
  | "fill-holes"
  | "clear-mask"
  | "undo"
  | "redo"
  | "cancel"
  | "keys"
  | `preset-${1 | 2 | 3 | 4 | 5}`;

interface KeyRow {
  keys: string;
  does: string;
  /** A press as `pressOf` names it, and the command it gives. */
  commands: Record<string, Command>;
}

/** Every key of the reading room, as the dialog lists them. */
export const keyList: readonly { group: string; rows: readonly KeyRow[] }[] = [
  {
    group: "Slices",
    rows: [
      {
        keys: "↑ ↓",
        does: "Slice before, slice after",
        commands: { arrowup: "slice-before", arrowdown: "slice-after" },
      },
      {
        keys: "← →",
        does: "The same in the order of the strip",
        commands: { arrowleft: "strip-before", arrowright: "strip-after" },
      },
      { keys: "Home End", does: "First, last slice", commands: { home: "slice-first", end: "slice-last" } },
      {
        keys: "PgUp PgDn",
        does: "Study before, study after",
        commands: { pageup: "study-before", pagedown: "study-after" },
      },
      { keys: "N", does: "Next flagged slice", commands: { n: "next-flagged" } },
      {
        keys: "Shift N",
        does: "A slice without a label, of the patient with the fewest",
        commands: { "shift+n": "next-unlabelled" },
      },
      { keys: "Space", does: "Cine on, off", commands: { " ": "cine" } },
    ],
  },
  {
    group: "Decision",
    rows: [
      { keys: "A", does: "Accept the prediction", commands: { a: "accept" } },
      { keys: "X", does: "Reject it: the other class", commands: { x: "flip" } },
      { keys: "U", does: "Cannot tell", commands: { u: "cannot-tell" } },
      { keys: "S", does: "Save what you have drawn", commands: { s: "submit" } },
      { keys: "H", does: "Heatmap on, off", commands: { h: "heatmap" } },
    ],
  },
  {
    group: "Drawing",
    rows: [
      {
        keys: "B E T",
        does: "Brush, eraser, threshold brush",
        commands: { b: "tool-brush", e: "tool-eraser", t: "tool-threshold" },
      },
      {
        keys: "P F",
        does: "Polygon or freehand, flood fill",
        commands: { p: "tool-polygon", f: "tool-flood" },
      },
      { keys: "[ ]", does: "Smaller, larger brush", commands: { "[": "smaller", "]": "larger" } },
      {
        keys: "Enter ⌫",
        does: "Close the polygon, take its last corner back",
        commands: { enter: "close-polygon", backspace: "undo-corner" },
      },
      {
        keys: "Shift A",
        does: "Take the model’s mask and edit it",
        commands: { "shift+a": "accept-and-edit" },
      },
      { keys: "C", does: "Copy the mask of the slice before", commands: { c: "copy-before" } },
      { keys: "J", does: "Interpolate between drawn slices", commands: { j: "interpolate" } },
      { keys: "K", does: "Fill holes", commands: { k: "fill-holes" } },
      { keys: "Shift Del", does: "Clear the mask", commands: { "shift+delete": "clear-mask" } },
      {
        keys: "Ctrl Z, Ctrl Y",
        does: "Undo, redo a stroke",
        commands: { "ctrl+z": "undo", "ctrl+y": "redo", "ctrl+shift+z": "redo" },
      },
      { keys: "Esc", does: "Stop the stroke; back to the window tool", commands: { escape: "cancel" } },
    ],
  },
  {
    group: "Picture",
    rows: [
      {
        keys: "1 – 5",
        does: "Window: default, more contrast, less contrast, brighter, darker",
        commands: { "1": "preset-1", "2": "preset-2", "3": "preset-3", "4": "preset-4", "5": "preset-5" },
      },
      {
        keys: "W V Z",
        does: "Left drag: window, move, zoom",
        commands: { w: "tool-window", v: "tool-pan", z: "tool-zoom" },
      },
      { keys: "D G", does: "Measure a distance, an area", commands: { d: "tool-length", g: "tool-area" } },
      { keys: "Del", does: "Remove the chosen measurement", commands: { delete: "delete-measurement" } },
      { keys: "I", does: "Invert", commands: { i: "invert" } },
      { keys: "R", does: "Reset window, zoom and position", commands: { r: "reset" } },
      { keys: "M", does: "Masks on, off", commands: { m: "mask" } },
      { keys: "L", does: "One, two, three views", commands: { l: "layout" } },
      { keys: "?", does: "This list", commands: { "?": "keys" } },
    ],
  },
];

/** What the mouse does on a view. */
export const mouseList: readonly { keys: string; does: string }[] = [
  { keys: "Left drag", does: "The tool; window across for width, up and down for level" },
  { keys: "Alt + left drag", does: "While drawing: take away instead of adding" },
  { keys: "Middle drag, Shift + drag", does: "Move" },
  { keys: "Right drag, Ctrl + drag", does: "Zoom" },
  { keys: "Wheel, two fingers", does: "Slices" },
];

const commands = new Map(keyList.flatMap(({ rows }) => rows.flatMap((row) => Object.entries(row.commands))));

interface Pressed {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** The command of a key press; null for the browser's own shortcuts and keys that mean nothing here. */
export function commandOf({ key, ctrlKey, altKey, metaKey, shiftKey }: Pressed): Command | null {
  if (altKey) return null;
  const name = key.toLowerCase();
  // On a Mac the command key stands for Ctrl.
  if (ctrlKey || metaKey) return commands.get(`ctrl+${shiftKey ? "shift+" : ""}${name}`) ?? null;
  // A question mark or a capital letter (caps lock) needs no name of its own; a press with Shift has one where it means more.
  return (shiftKey ? commands.get(`shift+${name}`) : undefined) ?? commands.get(name) ?? null;
}

/** Keys that press what has the focus, where that is a button or a link. */
const pressing = new Set(["Enter", " "]);

/** True where a key belongs to what has the focus: a text field, a list of choices, an open dialog, a button to be pressed. */
export function ownsKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  const owners = "textarea, select, [contenteditable], dialog[open], [role=dialog], [role=menu]";
  if (target.closest(owners)) return true;
  const field = target.closest("input");
  if (field && !["radio", "checkbox", "range"].includes(field.type)) return true;
  if (field) return pressing.has(key) || key.startsWith("Arrow") || key === "Home" || key === "End";
  return pressing.has(key) && target.closest("button, a, summary, [role=button]") !== null;
}
