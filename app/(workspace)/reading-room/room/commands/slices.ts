import type { Core } from "../core";
import { goToNext } from "../next-slice";
import { goTo, scroll, walk } from "../place";
import { goBackInQueue, goOnInQueue } from "../queue/go-on";
import { slicesOf } from "../selectors";
import { stripNeighbour } from "../strip-order";
import { inGroup } from "./command";

const slices = inGroup("Slices");

const beside = { does: "Previous, next slice", repeats: true };
const along = { does: "Previous, next in the current sort order", repeats: true };
const ends = { does: "First, last slice" };
const parts = { does: "Next, previous part: tools, pictures, decision, strip" };
const studies = { does: "Previous, next study" };

function alongStrip(core: Core, by: 1 | -1) {
  const state = core.get();
  walk(core, () => goTo(core, stripNeighbour(slicesOf(state), state.view.strip, state.view.index, by)));
}

export const sliceCommands = {
  "slice-before": slices({
    ...beside,
    keys: ["arrowup"],
    run: (core) => walk(core, () => scroll(core, -1)),
  }),
  "slice-after": slices({
    ...beside,
    keys: ["arrowdown"],
    run: (core) => walk(core, () => scroll(core, 1)),
  }),
  "strip-before": slices({ ...along, keys: ["arrowleft"], run: (core) => alongStrip(core, -1) }),
  "strip-after": slices({ ...along, keys: ["arrowright"], run: (core) => alongStrip(core, 1) }),
  "slice-first": slices({ ...ends, keys: ["home"], run: (core) => walk(core, () => goTo(core, 0)) }),
  "slice-last": slices({
    ...ends,
    keys: ["end"],
    run: (core) => walk(core, () => goTo(core, slicesOf(core.get()).length - 1)),
  }),
  "study-before": slices({
    ...studies,
    keys: ["pageup"],
    when: ({ server }) => server.study.previousStudyId !== null,
    run: ({ get, ports }) => ports.page.go(`/studies/${get().server.study.previousStudyId}`),
  }),
  "study-after": slices({
    ...studies,
    keys: ["pagedown"],
    when: ({ server }) => server.study.nextStudy !== null,
    run: ({ get, ports }) => ports.page.go(`/studies/${get().server.study.nextStudy?.id}`),
  }),
  "next-flagged": slices({
    name: "Next flagged",
    does: "Next flagged slice; in a queue: skip this one",
    keys: ["n"],
    run: (core) =>
      walk(core, () => void (core.get().now.queue ? goOnInQueue(core) : goToNext(core, "flagged"))),
  }),
  "queue-back": slices({
    name: "Back",
    does: "In a queue: back to the slice before",
    keys: ["shift+b"],
    when: ({ now }) => (now.queue?.visited.length ?? 0) > 0,
    otherwise: ({ now }) =>
      now.queue ? "This is the first slice that you came to in this queue." : "Shift B goes back in a queue.",
    run: (core) => walk(core, () => goBackInQueue(core)),
  }),
  "next-unlabelled": slices({
    does: "Next slice without a label, patient with the fewest labels first",
    keys: ["shift+n"],
    run: (core) => walk(core, () => void goToNext(core, "unlabelled")),
  }),
  strip: slices({
    name: "Strip of slices",
    does: "Strip of slices on, off",
    keys: ["o"],
    run: (core) => core.put("view", { stripOpen: !core.get().view.stripOpen }),
  }),
  "next-part": slices({ ...parts, keys: ["f6"], run: (core) => core.ports.page.focus(1) }),
  "previous-part": slices({ ...parts, keys: ["shift+f6"], run: (core) => core.ports.page.focus(-1) }),
  cine: slices({
    name: "Play",
    does: "Play, pause",
    keys: [" "],
    run: (core) => core.put("now", { cine: !core.get().now.cine }),
  }),
};
