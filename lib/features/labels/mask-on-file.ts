import { originOf } from "@/lib/records/label-view";
import type { LabelRow, Statement } from "./write-version";

/** A mask as a label states it. */
export type MaskOf = Pick<Statement, "maskSha256" | "areaPixels" | "maskOrigin" | "maskModelId">;

export const noMask: MaskOf = { maskSha256: null, areaPixels: null, maskOrigin: null, maskModelId: null };

/** The mask of a version with what it stems from, as a later version states it again. */
export function maskOnFile(label: LabelRow): MaskOf {
  const { maskSha256, areaPixels } = label;
  const { kind, modelId } = originOf(label);
  return { maskSha256, areaPixels, maskOrigin: kind, maskModelId: modelId };
}
