import { invalid } from "@/lib/platform/errors";
import { maskArea } from "@/lib/science/imaging/mask-area";
import { decodeMaskRuns, encodeMask } from "@/lib/science/imaging/mask-rle";
import { fromBase64 } from "./base64";

/**
 * A drawn mask as it is stored: run-length encoded, equal masks in equal bytes; and its tumor pixels.
 * `drawn` is `encodeMask`'s bytes in base64.
 *
 * Throws `invalid` where it is damaged or of another size than `rows` x `columns`.
 */
export function readDrawnMask(
  drawn: string,
  { rows, columns }: { rows: number; columns: number },
): { bytes: Uint8Array; areaPixels: number } {
  const mask = decode(drawn);
  if (mask.rows !== rows || mask.columns !== columns) {
    const { rows: maskRows, columns: maskColumns } = mask;
    throw invalid("mask", { code: "drawn-mask-size", maskRows, maskColumns, rows, columns });
  }
  // A number may be written with more bytes than it needs; encoded again, the same mask has the same hash.
  return { bytes: encodeMask(mask.data, rows, columns), areaPixels: maskArea(mask.data) };
}

function decode(drawn: string) {
  try {
    return decodeMaskRuns(fromBase64(drawn));
  } catch (error) {
    if (error instanceof RangeError) throw invalid("mask", { code: "drawn-mask-damaged" });
    throw error;
  }
}
