import { createHash } from "node:crypto";
import type { DecodedImage } from "./decode-image";

const valuesAtOnce = 32_768;

/**
 * SHA-256, in hex, of decoded pixels and their geometry: the content address of everything computed from them.
 *
 * Two files with the same pixels share it, whatever their format or compression; 16-bit values are hashed low byte
 * first. Images that differ in size, channels or depth never share it, even where their bytes agree.
 */
export function pixelHash({ rows, columns, channels, bits, data }: DecodedImage): string {
  const hash = createHash("sha256").update(`pixels ${rows} ${columns} ${channels} ${bits}\n`);
  if (data instanceof Uint8Array) return hash.update(data).digest("hex");
  const bytes = new Uint8Array(Math.min(data.length, valuesAtOnce) * 2);
  const view = new DataView(bytes.buffer);
  for (let start = 0; start < data.length; start += valuesAtOnce) {
    const values = data.subarray(start, start + valuesAtOnce);
    for (const [index, value] of values.entries()) view.setUint16(index * 2, value, true);
    hash.update(bytes.subarray(0, values.length * 2));
  }
  return hash.digest("hex");
}
