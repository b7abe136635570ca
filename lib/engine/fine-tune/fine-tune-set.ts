import type { SnapshotSlice } from "@/lib/features/snapshots/read-snapshot";
import { getObject } from "@/lib/platform/storage";
import { decodeImage } from "@/lib/science/imaging/decode-image";
import { decodeMaskRuns } from "@/lib/science/imaging/mask-rle";
import { INPUT_SIZE, toNetworkInput, toNetworkMask } from "@/lib/science/imaging/to-network-input";
import type { FineTuneSet, FineTuneSlice } from "@/lib/science/training/fine-tune/prepare-batch";

/** Slices that are kept decoded after their first reading: 0.26 MB each. */
const keptSlices = 2_000;

/**
 * Slices of a snapshot for fine-tuning: images as the network reads them, with the mask that the label states. A slice
 * without tumor states an empty one; one whose label says tumor and no more states none.
 */
export function fineTuneSet(slices: readonly SnapshotSlice[]): FineTuneSet {
  const kept = new Map<number, FineTuneSlice>();
  return {
    length: slices.length,
    async slice(index) {
      const known = kept.get(index);
      if (known) return known;
      const read = await readSlice(slices[index]!);
      if (kept.size < keptSlices) kept.set(index, read);
      return read;
    },
  };
}

async function readSlice(slice: SnapshotSlice): Promise<FineTuneSlice> {
  const { truth, rows, columns, maskSha256, hasKnownMask } = slice;
  const pixels = toNetworkInput(await decodeImage(await getObject(slice.fileSha256)));
  if (!hasKnownMask) return { pixels, truth, mask: null };
  const mask = maskSha256
    ? toNetworkMask(decodeMaskRuns(await getObject(maskSha256)).data, rows, columns)
    : new Uint8Array(INPUT_SIZE * INPUT_SIZE);
  return { pixels, truth, mask };
}
