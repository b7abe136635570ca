import type { LabelRow } from "./write-version";

/**
 * The version that first said what a version says: its own, or the one that stands again because a decision was taken
 * back. Null where the slice has no label.
 */
export function saidBy({
  version,
  labelClass,
  act,
  restoredVersion,
}: Pick<LabelRow, "version" | "labelClass" | "act" | "restoredVersion">): number | null {
  if (labelClass === "WITHDRAWN") return null;
  return act === "UNDONE" ? restoredVersion : version;
}
