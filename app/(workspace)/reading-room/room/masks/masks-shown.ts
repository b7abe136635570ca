/** The masks of a slice, in the order of their switches. */
export const maskKinds = ["proposed", "imported", "current"] as const;
export type MaskKind = (typeof maskKinds)[number];
export type MasksShown = Readonly<Record<MaskKind, boolean>>;

export const maskWords: Record<MaskKind, string> = {
  proposed: "model",
  imported: "imported",
  current: "label",
};

export const allMasks: MasksShown = { proposed: true, imported: true, current: true };
export const noMasks: MasksShown = { proposed: false, imported: false, current: false };

/** Hides the masks that are shown; where none is, brings back `before`, or all where those were none. */
export function toggledMasks(shown: MasksShown, before: MasksShown): MasksShown {
  const any = (masks: MasksShown) => maskKinds.some((kind) => masks[kind]);
  if (any(shown)) return noMasks;
  return any(before) ? before : allMasks;
}
