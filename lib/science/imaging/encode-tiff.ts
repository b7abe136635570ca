/**
 * An 8-bit image as an uncompressed baseline TIFF (TIFF 6.0, sections 3 to 6), little-endian, one strip.
 * `data` is `[rows, columns, channels]`; channels are 1 (grey) or 3 (RGB). Equal pixels give equal bytes.
 */
export function encodeTiff(data: Uint8Array, rows: number, columns: number, channels: 1 | 3): Uint8Array {
  if (data.length !== rows * columns * channels)
    throw new RangeError(`${data.length} bytes are not ${rows} x ${columns} x ${channels}`);
  const SHORT = 3;
  const LONG = 4;
  const bitsAt = 8 + 2 + 10 * 12 + 4; // after the header and the directory of ten fields
  const pixelsAt = bitsAt + 6;
  const fields: [tag: number, type: number, count: number, value: number][] = [
    [256, LONG, 1, columns],
    [257, LONG, 1, rows],
    [258, SHORT, channels, channels === 1 ? 8 : bitsAt],
    [259, SHORT, 1, 1], // not compressed
    [262, SHORT, 1, channels === 1 ? 1 : 2], // 0 is black, or RGB
    [273, LONG, 1, pixelsAt],
    [277, SHORT, 1, channels],
    [278, LONG, 1, rows],
    [279, LONG, 1, data.length],
    [284, SHORT, 1, 1], // channels interleaved
  ];
  const bytes = new Uint8Array(pixelsAt + data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  view.setUint16(8, fields.length, true);
  fields.forEach(([tag, type, count, value], index) => {
    const at = 10 + index * 12;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    view.setUint32(at + 8, value, true);
  });
  for (let channel = 0; channel < 3; channel++) view.setUint16(bitsAt + channel * 2, 8, true);
  bytes.set(data, pixelsAt);
  return bytes;
}
