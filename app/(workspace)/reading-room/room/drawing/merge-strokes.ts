import { applyChange, maskChange } from "@/lib/science/imaging/mask-change";
import type { Draft, Stroke } from "./draft";

/** What the server takes of a draft. */
export interface DraftLimits {
  mostStrokes: number;
  /** Of all strokes together in base64. */
  mostStrokeCharacters: number;
}

/**
 * The draft as the server takes it: where it has grown too large, the older half of its standing strokes becomes one
 * stroke, as often as needed, so that drawing goes on and only the undo of long ago is coarser. The same object where
 * it fits. `pixels` is the size of the mask.
 */
export function withinLimits(draft: Draft, pixels: number, limits: DraftLimits): Draft {
  let { strokes, done } = draft;
  while (done > 1 && !fits(strokes, limits)) {
    const merged = Math.ceil(done / 2) + (done === 2 ? 1 : 0);
    strokes = [mergedStroke(strokes.slice(0, merged), pixels), ...strokes.slice(merged)];
    done -= merged - 1;
  }
  return done === draft.done ? draft : { ...draft, strokes, done };
}

function fits(strokes: readonly Stroke[], { mostStrokes, mostStrokeCharacters }: DraftLimits) {
  // Base64 writes three bytes as four characters.
  const characters = strokes.reduce((sum, { change }) => sum + 4 * Math.ceil(change.length / 3), 0);
  return strokes.length <= mostStrokes && characters <= mostStrokeCharacters;
}

/** What several strokes do to any mask, as one of the latest one's tool. */
function mergedStroke(strokes: readonly Stroke[], pixels: number): Stroke {
  const flipped = new Uint8Array(pixels);
  for (const { change } of strokes) applyChange(flipped, change);
  const from = strokes.findLast((stroke) => stroke.from)?.from;
  return {
    tool: strokes.at(-1)!.tool,
    change: maskChange(new Uint8Array(pixels), flipped),
    ...(from ? { from } : {}),
  };
}
