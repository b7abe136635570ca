import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { SliceView, StudyView } from "@/lib/features/studies/schema";
import { prefetchPictures } from "../picture/prefetch-pictures";
import { prefetchMasks } from "./masks";

/** What is fetched ahead waits until the scrolling rests. */
const restMs = 100;
/** The next study waits until this one has what it needs. */
const nextStudyMs = 1_500;

/** Fetches the neighbours' masks, and the first pictures of the next study, ahead of their being looked at. */
export function useFetchAhead(
  slices: readonly SliceView[],
  index: number,
  nextStudy: StudyView["nextStudy"],
) {
  const router = useRouter();
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const distance of [1, -1, 2, -2, 3, -3]) {
        const neighbour = slices[index + distance];
        if (neighbour) prefetchMasks(neighbour);
      }
    }, restMs);
    return () => clearTimeout(timer);
  }, [slices, index]);

  const nextStudyId = nextStudy?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a study is made anew with each label; the next one stays
  useEffect(() => {
    if (!nextStudy) return;
    let end = () => {};
    const timer = setTimeout(() => {
      router.prefetch(`/studies/${nextStudy.id}`);
      end = prefetchPictures(nextStudy.firstSliceIds);
    }, nextStudyMs);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [nextStudyId]);
}
