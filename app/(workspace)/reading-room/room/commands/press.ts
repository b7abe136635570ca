/** A key press as a browser reports it (UI Events, `KeyboardEvent`). */
export interface Pressed {
  /** What the key types. */
  key: string;
  /** Where the key lies on the keyboard. */
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  /** AltGr is held, which types a character and is no shortcut; Windows reports Ctrl and Alt with it. */
  altGraph: boolean;
}

/** The names that a press may have in the table of commands, the closest first; none for the browser's own shortcuts. */
export function pressesOf(pressed: Pressed): string[] {
  const { ctrlKey, altKey, metaKey, shiftKey, altGraph } = pressed;
  if (altGraph) return [pressed.key.toLowerCase()];
  if (altKey) return [];
  return namesOf(pressed).flatMap((name) => {
    // On a Mac the command key stands for Ctrl.
    if (ctrlKey || metaKey) return [`ctrl+${shiftKey ? "shift+" : ""}${name}`];
    // A question mark or a capital letter (caps lock) needs no name of its own; a press with Shift has one where it means more.
    return shiftKey ? [`shift+${name}`, name] : [name];
  });
}

/**
 * What a key is called: by what it types, and where that is no Latin letter, by the place where a US keyboard has a
 * letter, digit or bracket. So A is A on AZERTY, and the key in its place on a Cyrillic keyboard.
 */
function namesOf({ key, code }: Pressed): string[] {
  const typed = key.toLowerCase();
  const place = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]?.toLowerCase() ?? brackets[code];
  return place === undefined || /^[a-z]$/.test(typed) ? [typed] : [typed, place];
}

const brackets: Readonly<Record<string, string>> = { BracketLeft: "[", BracketRight: "]" };

/** True where a press types a character: people also type by accident, so it counts only at the pictures and the strip. */
export function isTyped({ key, ctrlKey, metaKey, altGraph }: Pressed): boolean {
  return (altGraph || !(ctrlKey || metaKey)) && (key === "Dead" || [...key].length === 1);
}

const words: Readonly<Record<string, string>> = {
  " ": "Space",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  pageup: "PgUp",
  pagedown: "PgDn",
  backspace: "⌫",
  delete: "Del",
  escape: "Esc",
};

/** A press as people read it: `ctrl+z` is `Ctrl Z`. */
export function keyWords(press: string): string {
  return partsOf(press)
    .map((part) => words[part] ?? capital(part))
    .join(" ");
}

const ariaNames: Readonly<Record<string, string>> = {
  " ": "Space",
  ctrl: "Control",
  arrowup: "ArrowUp",
  arrowdown: "ArrowDown",
  arrowleft: "ArrowLeft",
  arrowright: "ArrowRight",
  pageup: "PageUp",
  pagedown: "PageDown",
};

/** A press as `aria-keyshortcuts` has it: `ctrl+z` is `Control+Z`. */
export function ariaKeys(press: string): string {
  return partsOf(press)
    .map((part) => ariaNames[part] ?? capital(part))
    .join("+");
}

const partsOf = (press: string) => (press === "+" ? [press] : press.split("+"));
const capital = (part: string) => part.charAt(0).toUpperCase() + part.slice(1);

/** Keys that press what has the focus, where that is a button or a link. */
const pressing = new Set(["Enter", " "]);

/**
 * True where a key belongs to what has the focus: a text field, a list of choices, an open dialog, a panel that is read
 * (`data-own-keys`), a button to be pressed.
 */
export function ownsKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  const owners =
    "textarea, select, [contenteditable], dialog[open], [role=dialog], [role=menu], [data-own-keys]";
  if (target.closest(owners)) return true;
  const field = target.closest("input");
  if (field && !["radio", "checkbox", "range"].includes(field.type)) return true;
  if (field) return pressing.has(key) || key.startsWith("Arrow") || key === "Home" || key === "End";
  return pressing.has(key) && target.closest("button, a, summary, [role=button]") !== null;
}
