import { describe, expect, it } from "vitest";
import {
  commandOf,
  commands,
  differsFromUs,
  keyList,
  type PlainCommandId,
} from "@/app/(workspace)/reading-room/room/commands";
import { type KeyboardLayout, pressOn } from "@/app/(workspace)/reading-room/room/commands/keyboard-layout";
import { initialState } from "@/app/(workspace)/reading-room/room/state";
import { study } from "./fake-study";

/** Keyboards as Chromium's `getLayoutMap` tells them, the keys that the room may use. */
const places = "qwertyuiop[]asdfghjklzxcvbnm1234567890";
const codes = [...places].map((key) =>
  key === "["
    ? "BracketLeft"
    : key === "]"
      ? "BracketRight"
      : `${/\d/.test(key) ? "Digit" : "Key"}${key.toUpperCase()}`,
);
const layoutOf = (typed: string): KeyboardLayout => new Map(codes.map((code, at) => [code, [...typed][at]!]));
const us = layoutOf(places);
const layouts: Record<string, KeyboardLayout> = {
  us,
  russian: layoutOf("йцукенгшщзхъфывапролдячсмить1234567890"),
  greek: layoutOf(";ςερτυθιοπ[]ασδφγηξκλζχψωβνμ1234567890"),
  german: layoutOf("qwertzuiopü+asdfghjklyxcvbnm1234567890"),
  // AZERTY types M right of L.
  azerty: new Map([...layoutOf("azertyuiop^$qsdfghjklwxcvbn,&é\"'(-è_çà"), ["Semicolon", "m"]]),
};

const state = initialState(study(), 0, { id: "reader", mayLabel: true });
const named = Object.values(commands).flatMap(({ keys }) => keys);
const isNamed = (press: string) => named.includes(press);
const keyed = (Object.keys(commands) as PlainCommandId[]).filter((id) => commands[id].keys.length > 0);

/** The command of the key that types `shown` on a layout, pressed with what the press holds; undefined without one. */
function commandOn(layout: KeyboardLayout, shown: string) {
  const parts = shown === "+" ? [shown] : shown.split("+");
  const typed = parts.at(-1)!;
  const code = [...layout].find(([, key]) => key === typed)?.[0];
  if (code === undefined) return undefined;
  const shiftKey = parts.includes("shift");
  const key = shiftKey ? typed.toUpperCase() : typed;
  return commandOf(
    { key, code, shiftKey, ctrlKey: parts.includes("ctrl"), altKey: false, metaKey: false, altGraph: false },
    state,
  );
}

describe("the list of keys", () => {
  for (const [name, layout] of Object.entries(layouts)) {
    it(`shows keys of a ${name} keyboard that do what a US keyboard's do`, () => {
      for (const id of keyed) {
        const press = commands[id].keys[0]!;
        const onUs = commandOn(us, press);
        if (onUs === undefined) continue;
        expect(commandOn(layout, pressOn(layout, press, isNamed)), `${press} of ${id}`).toBe(onUs);
      }
    });
  }

  it("has the letters that the keyboard types", () => {
    const drawing = (layout: KeyboardLayout) =>
      keyList(layout)
        .find(({ group }) => group === "Drawing")!
        .rows.slice(0, 2)
        .map(({ keys }) => keys);
    expect(drawing(us)).toEqual(["B E T", "P F"]);
    expect(drawing(layouts.russian!)).toEqual(["И У Е", "З А"]);
    expect(drawing(layouts.azerty!)).toEqual(["B E T", "P F"]);
    expect(pressOn(layouts.azerty!, "1", isNamed)).toBe("&");
    expect(pressOn(layouts.german!, "[", isNamed)).toBe("ü");
    expect(pressOn(layouts.russian!, "ctrl+shift+z", isNamed)).toBe("ctrl+shift+я");
  });

  it("leaves keys without a letter, and those of a US keyboard, as they are", () => {
    for (const press of ["arrowup", "shift+delete", "?", " ", "f6"])
      expect(pressOn(layouts.russian!, press, isNamed)).toBe(press);
    expect(keyList(us)).toEqual(keyList());
    expect(differsFromUs(us)).toBe(false);
    expect(differsFromUs(layouts.russian!)).toBe(true);
    expect(differsFromUs(layouts.german!)).toBe(true);
  });
});
