import { useQuery } from "@tanstack/react-query";
import type { SliceView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";
import { compareOnSlice } from "../room/compared-masks";
import { maskPixels, maskUrls } from "../room/masks/slice-masks";

/** How a version's mask differs from the current one's. Labels never change, so what was compared once stays so. */
export function useComparison(slice: SliceView, current: LabelView | null, version: LabelView) {
  const { rows, columns } = slice;
  const load = (label: LabelView | null) =>
    label?.maskSha256 ? maskPixels(maskUrls.label(label.id), rows, columns) : new Uint8Array(rows * columns);
  const { data, error } = useQuery({
    queryKey: ["comparison", slice.id, current?.id ?? null, version.id],
    queryFn: async () => {
      const [before, after] = await Promise.all([load(current), load(version)]);
      return compareOnSlice(slice, before, after);
    },
    structuralSharing: false,
    gcTime: 0,
  });
  return { comparison: data ?? null, problem: error?.message ?? null };
}
