import type { Core } from "../core";
import { currentSlice } from "../selectors";
import { watchRested } from "./rested";

/** Keeps `?slice=` at the slice on the screen, once scrolling rests: browsers limit how often the address may change. */
export function linkToSlice(core: Core): () => void {
  return watchRested(
    core,
    (state) => currentSlice(state).position,
    250,
    (position) => core.ports.page.showInAddress(position),
  );
}
