import { fromNetworkMask, INPUT_SIZE } from "@/lib/science/imaging/to-network-input";
import { upsampleMask } from "@/lib/science/network/upsample-mask";

/** The mask that the base proposes, from its `[64, 64]` logits: `[rows, columns]` of 0/1 in the slice's own frame. */
export function proposedMask(maskLogits: Float32Array, rows: number, columns: number): Uint8Array {
  return fromNetworkMask(upsampleMask(maskLogits, INPUT_SIZE, INPUT_SIZE), rows, columns);
}
