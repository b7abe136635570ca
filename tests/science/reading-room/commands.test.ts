import { describe, expect, it } from "vitest";
import { decisionsFor } from "@/app/(workspace)/reading-room/label/decisions";
import { clashes, commandOf, commands, keyList, titleOf } from "@/app/(workspace)/reading-room/room/commands";
import { ariaKeys, keyWords, type Pressed } from "@/app/(workspace)/reading-room/room/commands/press";
import { beginDraft } from "@/app/(workspace)/reading-room/room/drawing/draft";
import type { Drawing } from "@/app/(workspace)/reading-room/room/drawing/drawing";
import { initialState, type RoomState } from "@/app/(workspace)/reading-room/room/state";
import { label, slice, study } from "./fake-study";

const opened = initialState(study(), 0, { id: "reader", mayLabel: true });
const put = <Part extends keyof RoomState>(
  state: RoomState,
  part: Part,
  fields: Partial<RoomState[Part]>,
): RoomState => ({ ...state, [part]: { ...state[part], ...fields } });

const drawing = (done: number, strokes: number): Drawing => ({
  draft: {
    ...beginDraft({ id: "d", sliceId: "slice-1", studyId: "study", basedOn: 0, baseLabelId: null }, 0),
    strokes: Array.from({ length: strokes }, () => ({ tool: "brush" as const, change: Uint8Array.of(0, 1) })),
    done,
  },
  mask: new Uint8Array(6),
  path: "",
  areaPixels: 0,
  place: "server",
  message: null,
  journalled: true,
  recoveredFrom: null,
});

/** One way for each thing that a `when` asks for; all combinations of them. */
const ways: ((state: RoomState) => RoomState)[][] = [
  [(state) => state, (state) => put(state, "server", { mayLabel: false })],
  [(state) => state, (state) => put(state, "now", { shown: new Map([[1, 0]]) })],
  [
    (state) => state,
    (state) => put(state, "now", { polygon: { sliceId: "slice-1", corners: [[0, 0]], erases: false } }),
  ],
  [
    (state) => state,
    (state) =>
      put(state, "now", { versions: { sliceId: "slice-1", pair: { from: label(1), to: label(2) } } }),
  ],
  [
    (state) => state,
    (state) => put(state, "now", { drawing: drawing(1, 1) }),
    (state) => put(state, "now", { drawing: drawing(1, 2) }),
  ],
  [
    (state) => state,
    (state) => put(state, "server", { study: study({ slices: [slice(1, { prediction: null })] }) }),
    (state) =>
      put(state, "server", {
        study: study({ previousStudyId: "before", nextStudy: { id: "after", firstSliceIds: [] } }),
      }),
  ],
];
const states = ways.reduce<RoomState[]>(
  (made, choices) => made.flatMap((state) => choices.map((choose) => choose(state))),
  [opened],
);

describe("the table of commands", () => {
  it("has no two commands that could both answer a key", () => {
    expect(states.length).toBe(144);
    for (const state of states) expect(clashes(commands, state)).toEqual([]);
  });

  it("would be found out if it had", () => {
    const table = {
      one: { keys: ["a", "b"], when: () => true },
      other: { keys: ["b"], when: () => true },
      elsewhere: { keys: ["a"], when: () => false },
    };
    expect(clashes(table, opened)).toEqual(["b: one, other"]);
  });

  it("has a command for Escape in every state", () => {
    for (const state of states) {
      const id = commandOf({ key: "Escape", ...held() }, state)!;
      expect(commands[id].when(state)).toBe(true);
    }
  });

  it("lists every key, once", () => {
    const shown = keyList().flatMap(({ rows }) => rows.map(({ keys }) => keys));
    for (const { rows } of keyList()) expect(new Set(rows.map(({ keys }) => keys)).size).toBe(rows.length);
    for (const { keys } of Object.values(commands)) {
      if (keys[0])
        expect(shown.some((row) => row.split(/,? /).join(" ").includes(keyWords(keys[0]!)))).toBe(true);
    }
    expect(
      keyList()
        .find(({ group }) => group === "Drawing")
        ?.rows.slice(0, 2),
    ).toEqual([
      { keys: "B E T", does: "Brush, eraser, threshold brush" },
      { keys: "P F", does: "Polygon or freehand, flood fill" },
    ]);
    expect(shown).toContain("Ctrl Z, Ctrl Y");
  });

  it("names buttons with their key, for eyes and for screen readers", () => {
    expect(titleOf(commands.undo)).toBe("Undo (Ctrl Z)");
    expect(titleOf(commands["clear-mask"])).toBe("Clear the mask (Shift Del)");
    expect(titleOf(commands.cine)).toBe("Play (Space)");
    expect(ariaKeys("ctrl+shift+z")).toBe("Control+Shift+Z");
    expect(ariaKeys("arrowup")).toBe("ArrowUp");
    expect(ariaKeys("[")).toBe("[");
  });
});

function held(of: Partial<Omit<Pressed, "key">> = {}) {
  return { code: "", ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, altGraph: false, ...of };
}

describe("decisions", () => {
  it("have the keys of the commands that make them", () => {
    const ids = ["keep", "use-model", "no-tumor", "tumor", "unsure", "submit"] as const;
    const offered = decisionsFor(slice(1), { areaPixels: 3 }).map(({ key }) => key);
    expect(ids.map((id) => keyWords(commands[id].keys[0]!))).toEqual(offered);
  });
});

describe("keys", () => {
  const press = (key: string, of = {}) => commandOf({ key, ...held(of) }, opened);

  it("mean the same in upper and lower case, and leave the browser its own", () => {
    expect(press("a")).toBe("keep");
    expect(press("A")).toBe("keep");
    expect(press("a", { ctrlKey: true })).toBeNull();
    expect(press("A", { shiftKey: true })).toBe("accept-and-edit");
    expect(press("P", { shiftKey: true })).toBe("tool-polygon");
    expect(press("z")).toBe("tool-zoom");
    expect(press("z", { ctrlKey: true })).toBe("undo-decision");
    expect(press("Z", { ctrlKey: true, shiftKey: true })).toBe("redo-decision");
    expect(press("y", { ctrlKey: true })).toBe("redo-decision");
    expect(press("y", { altKey: true, ctrlKey: true })).toBeNull();
    expect(press("q")).toBeNull();
    expect(press("?")).toBe("keys");
    expect(press("3")).toBe("preset-3");
  });

  it("are where a US keyboard has them on layouts that type no Latin letters", () => {
    // Russian (ЙЦУКЕН), as Chromium reports it.
    expect(press("ф", { code: "KeyA" })).toBe("keep");
    expect(press("Ы", { code: "KeyS", shiftKey: true })).toBe("save-drawings");
    expect(press("я", { code: "KeyZ", ctrlKey: true })).toBe("undo-decision");
    expect(press("х", { code: "BracketLeft" })).toBe("smaller");
  });

  it("are the letters that AZERTY types, and its digits and brackets without Shift or with AltGr", () => {
    expect(press("a", { code: "KeyQ" })).toBe("keep");
    expect(press("q", { code: "KeyA" })).toBeNull();
    expect(press("z", { code: "KeyW", ctrlKey: true })).toBe("undo-decision");
    expect(press("&", { code: "Digit1" })).toBe("preset-1");
    expect(press("1", { code: "Digit1", shiftKey: true })).toBe("preset-1");
    expect(press("Dead", { code: "BracketLeft" })).toBe("smaller");
    // Windows reports Ctrl and Alt with AltGr.
    expect(press("[", { code: "Digit5", ctrlKey: true, altKey: true, altGraph: true })).toBe("smaller");
    expect(press("a", { code: "KeyA", ctrlKey: true, altKey: true })).toBeNull();
  });
});
