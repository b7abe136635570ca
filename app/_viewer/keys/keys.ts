/** What a key asks for. `preset-1` to `preset-5` choose windows. */
export type Command =
  | "slice-before"
  | "slice-after"
  | "slice-first"
  | "slice-last"
  | "study-before"
  | "study-after"
  | "layout"
  | "invert"
  | "reset"
  | "mask"
  | "accept"
  | "flip"
  | "cannot-tell"
  | "next-flagged"
  | "keys"
  | `preset-${1 | 2 | 3 | 4 | 5}`;

interface KeyRow {
  keys: string;
  does: string;
  /** `KeyboardEvent.key` in lower case, and the command it gives. */
  commands: Record<string, Command>;
}

/** Every key of the reading room, as the dialog lists them. */
export const keyList: readonly { group: string; rows: readonly KeyRow[] }[] = [
  {
    group: "Slices",
    rows: [
      {
        keys: "↑ ↓ ← →",
        does: "Slice before, slice after",
        commands: {
          arrowup: "slice-before",
          arrowleft: "slice-before",
          arrowdown: "slice-after",
          arrowright: "slice-after",
        },
      },
      { keys: "Home End", does: "First, last slice", commands: { home: "slice-first", end: "slice-last" } },
      {
        keys: "PgUp PgDn",
        does: "Study before, study after",
        commands: { pageup: "study-before", pagedown: "study-after" },
      },
      { keys: "N", does: "Next flagged slice", commands: { n: "next-flagged" } },
    ],
  },
  {
    group: "Decision",
    rows: [
      { keys: "A", does: "Accept the prediction", commands: { a: "accept" } },
      { keys: "X", does: "Reject it: the other class", commands: { x: "flip" } },
      { keys: "U", does: "Cannot tell", commands: { u: "cannot-tell" } },
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
  { keys: "Left drag", does: "Window: across for width, up and down for level" },
  { keys: "Middle drag, Shift + drag", does: "Pan" },
  { keys: "Right drag, Ctrl + drag", does: "Zoom" },
  { keys: "Wheel, two fingers", does: "Slices" },
];

const commands = new Map(keyList.flatMap(({ rows }) => rows.flatMap((row) => Object.entries(row.commands))));

interface Pressed {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** The command of a key press; null for the browser's own shortcuts and keys that mean nothing here. */
export function commandOf({ key, ctrlKey, altKey, metaKey }: Pressed): Command | null {
  if (ctrlKey || altKey || metaKey) return null;
  return commands.get(key.toLowerCase()) ?? null;
}

/** True where keys belong to what has the focus: a text field, a list of choices, an open dialog. */
export function ownsKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest("input, textarea, select, [contenteditable], dialog, [role=dialog], [role=menu]") !== null
  );
}
