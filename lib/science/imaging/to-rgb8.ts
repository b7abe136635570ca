import type { DecodedImage } from "./decode-image";

/**
 * An image as `[rows, columns, 3]`, 8 bits, row by row. 8-bit colour is taken as it is; grey fills all three channels;
 * 16 bits are divided by 257, rounded, so that 0 to 65535 becomes 0 to 255.
 */
export function toRgb8({ rows, columns, channels, bits, data }: DecodedImage): {
  rows: number;
  columns: number;
  channels: 3;
  data: Uint8Array;
} {
  const bytes = bits === 8 ? (data as Uint8Array) : Uint8Array.from(data, (value) => Math.round(value / 257));
  if (channels === 3) return { rows, columns, channels: 3, data: bytes };
  const spread = new Uint8Array(rows * columns * 3);
  for (let pixel = 0; pixel < rows * columns; pixel++) spread.fill(bytes[pixel]!, pixel * 3, pixel * 3 + 3);
  return { rows, columns, channels: 3, data: spread };
}
