import type { SliceView } from "@/lib/features/studies/schema";
import type { UnsavedSlice } from "../toolbar/view-toolbar";
import type { Save } from "./saves/send";

/** Decisions that did not arrive, then drawings that are no labels yet, each in the study's order. */
export function unsavedSlices(
  slices: readonly SliceView[],
  drafts: ReadonlySet<string>,
  saves: readonly Save[],
): UnsavedSlice[] {
  const failed = new Set(saves.filter(({ state }) => state !== "saving").map(({ slice }) => slice.id));
  const list = (kind: UnsavedSlice["kind"], ids: ReadonlySet<string>) =>
    slices.filter(({ id }) => ids.has(id)).map(({ id, position }) => ({ sliceId: id, position, kind }));
  return [...list("decision", failed), ...list("drawing", drafts)];
}
