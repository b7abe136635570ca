import { describe, expect, it } from "vitest";
import { confidenceWord } from "@/app/_ui/label-words";
import { neighboursAgainst, predictionHeadline } from "@/app/(workspace)/reading-room/label/prediction-words";
import { reviewBelow } from "@/lib/records/review-level";

describe("a prediction in words", () => {
  it("is borderline close to the cut-off, on both sides of it", () => {
    const said = (pTumor: number) =>
      predictionHeadline({
        predictedClass: pTumor >= 0.37 ? "TUMOR" : "NO_TUMOR",
        pTumor,
        threshold: 0.37,
      });
    expect(said(0.39)).toEqual({ word: "Tumor", isBorderline: true });
    expect(said(0.33)).toEqual({ word: "No tumor", isBorderline: true });
    expect(said(0.31)).toEqual({ word: "No tumor", isBorderline: false });
    expect(said(0.97)).toEqual({ word: "Tumor", isBorderline: false });
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
