import { readVarint, writeVarint } from "./varint";

/**
 * Which pixels a stroke flipped, as the lengths of alternating runs row by row, unchanged pixels first; every length
 * is a varint. The last run of unchanged pixels is left out, so that no change is zero bytes and a small stroke few.
 * A first run may be of length 0, no other.
 *
 * `before` and `after` are `[rows, columns]`, 0 or 1. Throws `RangeError` where their sizes differ.
 *
 * @example
 * // They differ in the second and third pixel: runs 1, 2.
 * maskChange(Uint8Array.of(0, 0, 1, 0), Uint8Array.of(0, 1, 0, 0)) // [1, 2]
 */
export function maskChange(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (before.length !== after.length) {
    throw new RangeError(`a mask of ${before.length} pixels does not change into one of ${after.length}`);
  }
  const bytes: number[] = [];
  let begin = 0;
  let inChange = false;
  for (let index = 0; index < before.length; index++) {
    const isChanged = before[index] !== after[index];
    if (isChanged === inChange) continue;
    writeVarint(bytes, index - begin);
    begin = index;
    inChange = isChanged;
  }
  if (inChange) writeVarint(bytes, before.length - begin);
  return Uint8Array.from(bytes);
}

/**
 * Flips the pixels of a change in place; a second time gives the mask back. `mask` is `[rows, columns]`, 0 or 1.
 * Throws `RangeError`, with the mask untouched, where the bytes are no change or exceed the mask.
 */
export function applyChange(mask: Uint8Array, change: Uint8Array): void {
  const runs = fittingRuns(change, mask.length);
  let pixel = 0;
  for (const [run, length] of runs.entries()) {
    const next = pixel + length;
    if (run % 2 === 1) for (let index = pixel; index < next; index++) mask[index]! ^= 1;
    pixel = next;
  }
}

/** Throws `RangeError` unless `applyChange` takes these bytes for a mask of `pixels` pixels; takes time for its runs alone. */
export function requireFitting(change: Uint8Array, pixels: number): void {
  fittingRuns(change, pixels);
}

function fittingRuns(change: Uint8Array, pixels: number): number[] {
  const runs = readRuns(change);
  const end = runs.reduce((sum, length) => sum + length, 0);
  if (end > pixels) throw new RangeError(`a change of ${end} pixels exceeds a mask of ${pixels}`);
  return runs;
}

/** How many pixels a change flips. Throws `RangeError` where the bytes are no change. */
export function changedPixels(change: Uint8Array): number {
  return readRuns(change).reduce((sum, length, run) => (run % 2 === 1 ? sum + length : sum), 0);
}

/** Unchanged and changed runs in turn, an even number of them. */
function readRuns(change: Uint8Array): number[] {
  const reader = { bytes: change, position: 0 };
  const runs: number[] = [];
  while (reader.position < change.length) {
    const length = readVarint(reader);
    if (length === 0 && runs.length > 0) throw new RangeError("a change's run is empty");
    runs.push(length);
  }
  if (runs.length % 2 === 1) throw new RangeError("a change ends with unchanged pixels");
  return runs;
}
