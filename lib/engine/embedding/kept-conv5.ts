import { getDerived, getObject, putDerived } from "@/lib/platform/storage";
import { decodeImage } from "@/lib/science/imaging/decode-image";
import { PREPROCESSING_VERSION, toNetworkInput } from "@/lib/science/imaging/to-network-input";
import { CONV5_LENGTH } from "@/lib/science/network/class-activation";
import { floatToHalf, halfToFloat } from "@/lib/science/network/half";
import type { Inference } from "../inference/inference";
import type { EmbeddableSlice } from "./embed-slices";

/** Written after the values: blocks of a file that never reached the disk read as zeros, and so do closed relus. */
const endMark = 0x3c00;

/**
 * conv5 of a slice, `[8, 8, 2048]`, at half precision, 256 KB; made once an image, when the first heatmap of it is
 * asked for. Safe to repeat: the same pixels give the same bytes. Throws the signal's reason before the backbone runs;
 * throws where the original file is missing or damaged.
 */
export async function keptConv5(
  inference: Inference,
  { pixelHash, fileSha256 }: EmbeddableSlice,
  signal: AbortSignal,
): Promise<Float32Array> {
  const key = `conv5/${inference.baseSha256.slice(0, 16)}-p${PREPROCESSING_VERSION}-f16/${pixelHash.slice(0, 2)}/${pixelHash}`;
  const kept = await getDerived(key);
  if (kept?.length === 2 * (CONV5_LENGTH + 1)) {
    const halves = new Uint16Array(new Uint8Array(kept).buffer); // a copy, which aligns it
    if (halves[CONV5_LENGTH] === endMark) return halfToFloat(halves.subarray(0, CONV5_LENGTH));
  }
  const input = toNetworkInput(await decodeImage(await getObject(fileSha256)));
  signal.throwIfAborted();
  const halves = new Uint16Array(CONV5_LENGTH + 1);
  halves.set(floatToHalf(await inference.conv5(input)));
  halves[CONV5_LENGTH] = endMark;
  await putDerived(key, new Uint8Array(halves.buffer));
  // Not the values as they came: a heatmap must not depend on whether they were kept before.
  return halfToFloat(halves.subarray(0, CONV5_LENGTH));
}
