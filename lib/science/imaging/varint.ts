/** Bytes and the place of the next one to read; `readVarint` moves it on. */
export interface ByteReader {
  bytes: Uint8Array;
  position: number;
}

/**
 * Appends an integer of 0 to 2^32 - 1 as an unsigned LEB128 varint: 7 bits a byte, lowest first, the top bit
 * says that more follow.
 *
 * @example
 * const bytes = [];
 * writeVarint(bytes, 300);
 * bytes // [0xac, 0x02]
 */
export function writeVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
}

/** The next varint, of five bytes at most. Throws `RangeError` where the bytes end within it or it is longer. */
export function readVarint(reader: ByteReader): number {
  let value = 0;
  for (let shift = 0; shift <= 28; shift += 7) {
    const byte = reader.bytes[reader.position++];
    if (byte === undefined) throw new RangeError("the bytes end within a number");
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw new RangeError("a number is too long");
}
