import { statementWords } from "@/app/_ui/label-words";
import type { LabelView } from "@/lib/records/label-view";

type Said = Pick<LabelView, "labelClass" | "areaPixels" | "act">;

/** What was saved, e.g. `Slice 15: tumor, mask removed`, `Slices 12, 13, 14: drawings saved` */
export function savedWords(
  positions: readonly number[],
  label: Said,
  before: Pick<LabelView, "areaPixels"> | null,
): string {
  if (positions.length > 1) return `Slices ${positions.join(", ")}: drawings saved`;
  const kept = label.act === "KEPT" ? "kept: " : "";
  const gone = !label.areaPixels && before?.areaPixels ? ", mask removed" : "";
  return `Slice ${positions.join("")}: ${kept}${statementWords(label)}${gone}`;
}

/** What became of a decision that was taken back, e.g. `Slice 15 is as before: tumor, mask 1,112 px. Redo (Ctrl Y) brings …` */
export function undoneWords(
  verb: "Undo" | "Redo",
  undone: readonly { position: number; label: Said }[],
  changedSince: readonly number[],
): string {
  const how = verb === "Undo" ? "as before" : "as you decided";
  const [first] = undone;
  const what =
    undone.length > 1
      ? `Slices ${undone.map(({ position }) => position).join(", ")} are ${how}`
      : `Slice ${first?.position} is ${how}: ${first ? statementWords(first.label) : ""}`;
  const kept = changedSince.length > 0 ? `. Not slice ${changedSince.join(", ")}: labelled again since` : "";
  const back = verb === "Undo" ? ". Redo (Ctrl Y) brings your decision back" : "";
  return `${what}${kept}${back}`;
}
