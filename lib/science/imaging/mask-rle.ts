import { MAX_PIXELS } from "./max-pixels";
import { readVarint, writeVarint } from "./varint";

/**
 * A mask as run lengths: rows and columns, then the lengths of alternating runs, background first, row by row.
 * Every number is a varint (unsigned LEB128).
 *
 * A mask that begins with tumor has a first run of length 0. No other run is empty, so that equal masks
 * have equal bytes.
 *
 * @example
 * // Rows 1, columns 5, runs 1, 2, 2.
 * encodeMask(Uint8Array.of(0, 1, 1, 0, 0), 1, 5) // [1, 5, 1, 2, 2]
 */

/** `mask` is `[rows, columns]`, row by row, 0 or 1. Throws `RangeError` for another size or another value. */
export function encodeMask(mask: Uint8Array, rows: number, columns: number): Uint8Array {
  if (mask.length !== rows * columns)
    throw new RangeError(`a mask of ${mask.length} pixels is not ${rows} x ${columns}`);
  const bytes: number[] = [];
  writeVarint(bytes, rows);
  writeVarint(bytes, columns);
  let current = 0;
  let length = 0;
  for (const value of mask) {
    if (value > 1) throw new RangeError(`a mask holds 0 and 1, not ${value}`);
    if (value !== current) {
      writeVarint(bytes, length);
      current = value;
      length = 0;
    }
    length++;
  }
  if (length > 0) writeVarint(bytes, length);
  return Uint8Array.from(bytes);
}

/** The mask of `encodeMask`'s bytes. Throws `RangeError` unless they describe every pixel exactly once. */
export function decodeMaskRuns(bytes: Uint8Array): { rows: number; columns: number; data: Uint8Array } {
  const reader = { bytes, position: 0 };
  const rows = readVarint(reader);
  const columns = readVarint(reader);
  if (rows * columns > MAX_PIXELS) throw new RangeError(`a mask of ${rows} x ${columns} is too large`);

  const data = new Uint8Array(rows * columns);
  let pixel = 0;
  for (let run = 0; reader.position < bytes.length; run++) {
    const length = readVarint(reader);
    if (length === 0 && run > 0) throw new RangeError("a mask's run is empty");
    if (pixel + length > data.length) throw new RangeError("a mask's runs exceed its size");
    if (run % 2 === 1) data.fill(1, pixel, pixel + length);
    pixel += length;
  }
  if (pixel !== data.length) throw new RangeError(`a mask's runs end at pixel ${pixel} of ${data.length}`);
  return { rows, columns, data };
}
