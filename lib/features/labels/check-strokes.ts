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
    throw invalid("strokes", "This drawing has grown too large to be kept; save it as a label");
  // A change flips pixels whatever they are, so that it fits one mask as it fits another.
  const mask = new Uint8Array(rows * columns);
  for (const [index, { change }] of strokes.entries()) {
    if (!fits(mask, change))
      throw invalid("strokes", `Stroke ${index + 1} does not fit this slice of ${rows} x ${columns} pixels`);
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
