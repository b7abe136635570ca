import { type Pressed, pressesOf } from "./press";

/** What the keys of a keyboard type without Shift, by their place: `KeyQ` types `a` on AZERTY. */
export type KeyboardLayout = ReadonlyMap<string, string>;

/**
 * A press of the table of commands as this keyboard has it: `b` is `и` on a Russian one, `1` is `&` on AZERTY. The
 * press as it is where no key of the layout gives it, e.g. for arrows.
 *
 * `isNamed` tells the presses that mean something: of a key's names the first of these counts, as in `commandOf`.
 */
export function pressOn(layout: KeyboardLayout, press: string, isNamed: (press: string) => boolean): string {
  const base = press.slice(press.lastIndexOf("+", press.length - 2) + 1);
  const held = press.slice(0, press.length - base.length);
  const means = ([code, typed]: [code: string, typed: string]) =>
    pressesOf(pressedOn(code, typed, held)).find(isNamed) === press;
  // A key that types the letter is what people look for; else the one in its place.
  const keys = [...layout].filter(means);
  const key = keys.find(([, typed]) => typed.toLowerCase() === base) ?? keys[0];
  return key ? held + key[1].toLowerCase() : press;
}

function pressedOn(code: string, typed: string, held: string): Pressed {
  return {
    key: typed,
    code,
    ctrlKey: held.includes("ctrl+"),
    shiftKey: held.includes("shift+"),
    altKey: false,
    metaKey: false,
    altGraph: false,
  };
}
