import { describe, expect, it } from "vitest";
import { confidenceWord } from "@/app/_ui/label-words";
import {
  certaintyWords,
  neighboursAgainst,
  predictedWord,
} from "@/app/(workspace)/reading-room/label/prediction-words";
import { reviewBelow } from "@/lib/records/review-level";

/** Called tumor from 0.37. */
const certainty = (pTumor: number) =>
  certaintyWords({
    predictedClass: pTumor >= 0.37 ? "TUMOR" : "NO_TUMOR",
    pTumor,
    threshold: 0.37,
    confidence: pTumor >= 0.37 ? pTumor : 1 - pTumor,
  });

describe("a prediction in words", () => {
  it("is borderline close to the cut-off, on both sides of it", () => {
    expect(certainty(0.41)).toEqual({ words: "41 %, just above the cut-off of 37 %", isBorderline: true });
    expect(certainty(0.33)).toEqual({ words: "33 %, just below the cut-off of 37 %", isBorderline: true });
    expect(certainty(0.31)).toEqual({ words: "low confidence 69 %", isBorderline: false });
    expect(certainty(0.97)).toEqual({ words: "high confidence 97 %", isBorderline: false });
  });

  it("never has a confidence below one half: it says where P(tumor) lies", () => {
    expect(certainty(0.43)).toEqual({ words: "43 %, above the cut-off of 37 %", isBorderline: false });
    expect(predictedWord({ predictedClass: "TUMOR" })).toBe("Tumor");
  });

  it("says where the image alone is called another class than the slice among its neighbours", () => {
    const against = (pTumorAlone: number | null, pTumor: number) =>
      neighboursAgainst({ pTumorAlone, pTumor, threshold: 0.37 });
    expect(against(0.86, 0.12)).toBe("Image only: tumor, 86 %; with adjacent slices 12 %.");
    expect(against(0.1, 0.37)).toBe("Image only: no tumor, 10 %; with adjacent slices 37 %.");
    expect(against(0.86, 0.5)).toBeNull();
    expect(against(null, 0.5)).toBeNull();
  });

  it("has low confidence exactly where it is flagged for it", () => {
    expect([confidenceWord(0.95), confidenceWord(reviewBelow), confidenceWord(reviewBelow - 1e-9)]).toEqual([
      "high",
      "moderate",
      "low",
    ]);
  });
});
