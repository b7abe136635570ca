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
  const bytes = toEightBits(bits, data);
  if (channels === 3) return { rows, columns, channels: 3, data: bytes };
  const spread = new Uint8Array(rows * columns * 3);
  for (let index = 0; index < spread.length; index++) spread[index] = bytes[Math.floor(index / 3)]!;
  return { rows, columns, channels: 3, data: spread };
}

/** Values on the 8-bit scale: 16 bits are divided by 257, rounded; 8 bits are returned as they are. */
export function toEightBits(bits: 8 | 16, data: Uint8Array | Uint16Array): Uint8Array {
  if (bits === 8) return data as Uint8Array;
  // A loop: `Uint8Array.from` with a function takes 20 times as long, and ends the process at 100 million values.
  const bytes = new Uint8Array(data.length);
  for (let index = 0; index < data.length; index++) bytes[index] = Math.round(data[index]! / 257);
  return bytes;
}
