import type { Core } from "../core";
import { goToNext } from "../next-slice";
import { goTo, scroll, walk } from "../place";
import { slicesOf } from "../selectors";
import { stripNeighbour } from "../strip-order";
import { inGroup } from "./command";

const slices = inGroup("Slices");

const beside = { does: "Slice before, slice after", repeats: true };
const along = { does: "The same in the order of the strip", repeats: true };
const ends = { does: "First, last slice" };
const studies = { does: "Study before, study after" };

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
    does: "Next flagged slice",
    keys: ["n"],
    run: (core) => walk(core, () => void goToNext(core, "flagged")),
  }),
  "next-unlabelled": slices({
    does: "A slice without a label, of the patient with the fewest",
    keys: ["shift+n"],
    run: (core) => walk(core, () => void goToNext(core, "unlabelled")),
  }),
  cine: slices({
    name: "Cine",
    does: "Cine on, off",
    keys: [" "],
    run: (core) => core.put("now", { cine: !core.get().now.cine }),
  }),
};
