import type { JudgedSlice } from "@/lib/science/metrics/judged-statistics";
import { groupBy } from "@/lib/science/training/group-by";
import type { Classifier } from "./classifier";
import type { LearningSlice } from "./cross-fit";

/** What a classifier says, at its threshold, of the labelled ones of slices, each judged among all of its study. */
export async function judgeSlices(
  classifier: Classifier,
  threshold: number,
  slices: readonly Pick<LearningSlice, "hashedKey" | "studyKey" | "position" | "truth" | "embedding">[],
): Promise<JudgedSlice[]> {
  const judged: JudgedSlice[] = [];
  for (const study of groupBy(slices, ({ studyKey }) => studyKey).values())
    for (const [index, { pTumor: p }] of (await classifier.predictStudy(study)).entries()) {
      const { hashedKey: patient, truth } = study[index]!;
      if (truth !== null) judged.push({ patient, truth, p, called: p >= threshold });
    }
  return judged;
}
