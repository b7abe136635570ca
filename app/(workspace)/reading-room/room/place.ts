import type { Core } from "./core";
import { slicesOf } from "./selectors";

/** Shows the slice at an index, the nearest where there is none. */
export function goTo(core: Core, index: number): void {
  const last = slicesOf(core.get()).length - 1;
  core.put("view", { index: Math.min(last, Math.max(0, index)) });
}

export function scroll(core: Core, by: number): void {
  goTo(core, core.get().view.index + by);
}

/** Shows a slice of the study by its id; nothing where the study has none. */
export function goToSlice(core: Core, sliceId: string): void {
  const index = slicesOf(core.get()).findIndex(({ id }) => id === sliceId);
  if (index >= 0) goTo(core, index);
}

/** The same for a move by hand: that ends the cine. */
export function walk(core: Core, go: () => void): void {
  core.put("now", { cine: false });
  go();
}
