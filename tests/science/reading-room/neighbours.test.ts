import { describe, expect, it } from "vitest";
import { areaWords } from "@/app/(workspace)/reading-room/label/area-words";
import {
  curveInWords,
  neighbourPoints,
  standingInWords,
} from "@/app/(workspace)/reading-room/label/neighbours";
import type { SliceView } from "@/lib/features/studies/schema";

/** Slices numbered from 1; null is a slice without prediction; called tumor from 0.5. */
function study(...pTumors: (number | null)[]) {
  return pTumors.map(
    (pTumor, at): Pick<SliceView, "position" | "prediction" | "predictionHidden" | "label" | "flags"> => ({
      position: at + 1,
      prediction:
        pTumor === null
          ? null
          : {
              modelId: "m",
              modelNumber: 7,
              pTumor,
              pTumorAlone: null,
              headSpread: null,
              predictedClass: pTumor >= 0.5 ? "TUMOR" : "NO_TUMOR",
              threshold: 0.5,
              confidence: Math.max(pTumor, 1 - pTumor),
              areaPixels: 0,
              maskSha256: null,
            },
      predictionHidden: false,
      label: null,
      flags: at === 2 ? ["LOW_CONFIDENCE"] : [],
    }),
  );
}

describe("a slice among its neighbours", () => {
  it("has seven on each side at most", () => {
    const slices = study(...Array<number>(30).fill(0.1));
    expect(neighbourPoints(slices, 15).map((point) => point.position)).toEqual([
      9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
    ]);
    expect(neighbourPoints(slices, 1)).toHaveLength(9);
    expect(neighbourPoints(slices, 2).filter((point) => point.current)).toEqual([
      { position: 3, pTumor: 0.1, hidden: false, current: true, flagged: true, labelled: false },
    ]);
  });

  it("has a curve that is told by where it crosses the threshold", () => {
    const told = (threshold: number | null, ...pTumors: (number | null)[]) =>
      curveInWords(neighbourPoints(study(...pTumors), 3), threshold);
    expect(told(0.5, 0.1, 0.2, 0.5, 0.9, 0.4, 0.1)).toBe(
      "Slices 1 to 6: P(tumor) rises above 50 % at slice 3 and falls below at slice 5.",
    );
    expect(told(0.5, 0.9, 0.2, 0.7, 0.1)).toBe(
      "Slices 1 to 4: P(tumor) falls below 50 % at slice 2, rises above at slice 3 and falls below at slice 4.",
    );
    expect(told(0.6, 0.1, 0.5, 0.59, 0.2)).toBe("Slices 1 to 4: P(tumor) stays below 60 %.");
    expect(told(0.5, 0.8, 0.5, 0.7, 0.9)).toBe("Slices 1 to 4: P(tumor) is never below 50 %.");
    expect(told(null, 0.1, null, 0.8, 0.2)).toBe(
      "Slices 1 to 4: P(tumor) lies between 10 % and 80 %. No prediction of 1 of them.",
    );
    expect(told(0.5, null, null, null, null)).toBe("No prediction of this slice or its neighbours.");
  });

  it("says nothing of slices whose predictions are hidden, nor of the others among them", () => {
    const oneKnown = study(0.45, null, null).map((slice) => ({
      ...slice,
      predictionHidden: slice.prediction === null,
    }));
    expect(curveInWords(neighbourPoints(oneKnown, 0), 0.37)).toBe(
      "Slices 1 to 3: 2 predictions are hidden until you have decided.",
    );
    const oneHidden = study(0.8, 0.9, null).map((slice) => ({
      ...slice,
      predictionHidden: slice.prediction === null,
    }));
    expect(curveInWords(neighbourPoints(oneHidden, 1), 0.37)).toBe(
      "Slices 1 to 3: 1 prediction is hidden until you have decided.",
    );
    expect(standingInWords(oneHidden, 1)).toBeNull();
  });

  it("stands alone, at a border or among its like", () => {
    expect(standingInWords(study(0.1, 0.9, 0.2), 1)).toBe(
      "Adjacent slices have the opposite prediction: no tumor.",
    );
    expect(standingInWords(study(0.8, 0.9, 0.7), 1)).toBe("Adjacent slices have the same prediction: tumor.");
    expect(standingInWords(study(0.1, 0.9, 0.7), 1)).toBe(
      "Edge of the predicted lesion: slice 1 predicted no tumor, slice 3 tumor.",
    );
    expect(standingInWords(study(0.9, 0.2), 0)).toBe(
      "The one adjacent slice with a prediction, 2, is predicted no tumor.",
    );
    expect(standingInWords(study(null, 0.2, null), 1)).toBeNull();
    expect(standingInWords(study(0.2, null, 0.2), 1)).toBeNull();
  });
});

describe("an area", () => {
  it("is said in mm² where the spacing is known", () => {
    expect(areaWords(1312, null)).toBe("1,312 px");
    expect(areaWords(1312, { row: 0.5, column: 0.5 })).toBe("1,312 px (328 mm²)");
    expect(areaWords(10, { row: 0.9, column: 0.5 })).toBe("10 px (4.5 mm²)");
  });
});
