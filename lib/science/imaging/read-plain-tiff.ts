/** Tags of a TIFF directory (TIFF 6.0, section 8) that say how plain pixels lie. */
const tag = {
  columns: 256,
  rows: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  sampleFormat: 339,
};
/** Bytes of a value by its type's number: SHORT and LONG are all that plain images use. */
const typeBytes: Record<number, number> = { 3: 2, 4: 4 };
/** Most values of one tag; an image of the largest size has no more strips than rows. */
const valuesAtMost = 65_536;
const blackIsZero = 1;
const rgb = 2;

/**
 * The pixels of a TIFF in its plainest form: one image, 8 bits, grey or RGB, uncompressed, in strips. Public MRI sets
 * come so, and copying is several times faster than decoding.
 *
 * Returns null for every other file, damaged ones included: those are `decodeImage`'s to decode or refuse.
 */
export function readPlainTiff(
  bytes: Uint8Array,
): { rows: number; columns: number; channels: 1 | 3; bits: 8; data: Uint8Array } | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49 && bytes[1] === 0x49;
  if (!little && !(bytes[0] === 0x4d && bytes[1] === 0x4d)) return null;
  if (view.getUint16(2, little) !== 42) return null;
  const fields = readDirectory(view, little);
  if (!fields) return null;

  const one = (number: number, otherwise?: number) => {
    const values = fields.get(number);
    return values ? (values.length === 1 ? values[0]! : Number.NaN) : otherwise;
  };
  const rows = one(tag.rows);
  const columns = one(tag.columns);
  const channels = one(tag.samplesPerPixel, 1);
  if (!rows || !columns || (channels !== 1 && channels !== 3)) return null;
  const plain =
    one(tag.compression, 1) === 1 &&
    one(tag.planarConfiguration, 1) === 1 &&
    one(tag.photometric) === (channels === 1 ? blackIsZero : rgb) &&
    (fields.get(tag.bitsPerSample) ?? []).join() === (channels === 1 ? "8" : "8,8,8") &&
    (fields.get(tag.sampleFormat) ?? [1]).every((format) => format === 1);
  const offsets = fields.get(tag.stripOffsets);
  const counts = fields.get(tag.stripByteCounts);
  if (!plain || !offsets || offsets.length !== counts?.length) return null;

  const stripBytes = Math.min(rows, one(tag.rowsPerStrip, rows) ?? 0) * columns * channels;
  const total = rows * columns * channels;
  if (total > bytes.length || !(stripBytes > 0) || offsets.length !== Math.ceil(total / stripBytes))
    return null;
  const data = new Uint8Array(total);
  for (const [strip, offset] of offsets.entries()) {
    const at = strip * stripBytes;
    // The last strip may be as long as the others, with rows that the image does not have.
    const needed = Math.min(stripBytes, total - at);
    if (counts[strip]! < needed || offset + needed > bytes.length) return null;
    data.set(bytes.subarray(offset, offset + needed), at);
  }
  return { rows, columns, channels, bits: 8, data };
}

/** The whole numbers of the first directory by tag; null where it is damaged or another image follows. */
function readDirectory(view: DataView, little: boolean): Map<number, number[]> | null {
  const start = view.getUint32(4, little);
  if (start + 2 > view.byteLength) return null;
  const count = view.getUint16(start, little);
  const end = start + 2 + count * 12;
  if (end + 4 > view.byteLength || view.getUint32(end, little) !== 0) return null;
  const fields = new Map<number, number[]>();
  for (let entry = start + 2; entry < end; entry += 12) {
    const size = typeBytes[view.getUint16(entry + 2, little)];
    if (!size) continue;
    const length = view.getUint32(entry + 4, little);
    const place = length * size <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
    if (length > valuesAtMost || place + length * size > view.byteLength) return null;
    const values: number[] = [];
    for (let index = 0; index < length; index++) {
      const at = place + index * size;
      values.push(size === 2 ? view.getUint16(at, little) : view.getUint32(at, little));
    }
    fields.set(view.getUint16(entry, little), values);
  }
  return fields;
}
