import { invalid } from "@/lib/platform/errors";
import { applyChange } from "@/lib/science/imaging/mask-change";
import { fromBase64 } from "./base64";
import { mostStrokeCharacters, type SaveDraft } from "./schema";

/**
 * Throws `invalid` unless every stroke, also an undone one, can be applied to a mask of `rows` x `columns` and all
 * together may be kept.
 */
export function checkStrokes(
  strokes: SaveDraft["strokes"],
  { rows, columns }: { rows: number; columns: number },
): void {
  if (strokes.reduce((sum, { change }) => sum + change.length, 0) > mostStrokeCharacters)
    throw invalid("strokes", { code: "drawing-too-large" });
  // A change flips pixels whatever they are, so that it fits one mask as it fits another.
  const mask = new Uint8Array(rows * columns);
  for (const [index, { change }] of strokes.entries()) {
    if (!fits(mask, change))
      throw invalid("strokes", { code: "stroke-does-not-fit", stroke: index + 1, rows, columns });
  }
}

function fits(mask: Uint8Array, change: string) {
  try {
    applyChange(mask, fromBase64(change));
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
