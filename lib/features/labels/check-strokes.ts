import { invalid } from "@/lib/platform/errors";
import { requireFitting } from "@/lib/science/imaging/mask-change";
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
  // A change flips pixels whatever they are, so that it fits one mask as it fits another: none is made.
  for (const [index, { change }] of strokes.entries()) {
    if (!fits(change, rows * columns))
      throw invalid("strokes", { code: "stroke-does-not-fit", stroke: index + 1, rows, columns });
  }
}

function fits(change: string, pixels: number) {
  try {
    requireFitting(fromBase64(change), pixels);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
