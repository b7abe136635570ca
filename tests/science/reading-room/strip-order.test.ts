import { describe, expect, it } from "vitest";
import { sliceName } from "@/app/(workspace)/reading-room/label/label-state";
import {
  type StripSlice,
  type StripView,
  stripCounts,
  stripNeighbour,
  stripSlices,
} from "@/app/(workspace)/reading-room/room/strip-order";

type Stated = "TUMOR" | "NO_TUMOR" | "CANNOT_TELL";

function slice(
  position: number,
  pTumor: number | null,
  said: [Stated, "IMPORTED" | "HUMAN"] | null = null,
  flagged = false,
): StripSlice {
  return {
    position,
    prediction:
      pTumor === null
        ? null
        : {
            modelId: "m",
            modelNumber: 7,
            pTumorAlone: null,
            headSpread: null,
            pTumor,
            predictedClass: pTumor >= 0.5 ? "TUMOR" : "NO_TUMOR",
            threshold: 0.5,
            confidence: Math.max(pTumor, 1 - pTumor),
            areaPixels: 0,
            maskSha256: null,
          },
    label: said && {
      id: `l${position}`,
      version: 1,
      labelClass: said[0],
      source: said[1],
      act: null,
      areaPixels: null,
      maskSha256: null,
      maskOrigin: null,
      authorName: null,
      modelNumber: null,
      reason: null,
      note: null,
      restoredVersion: null,
      undoneByName: null,
      createdAt: new Date(0),
    },
    imported: null,
    flags: flagged ? ["LOW_CONFIDENCE"] : [],
  };
}

/** Confidences 0.9, -, 0.6, 0.8, 0.6, 0.8. */
const slices = [
  slice(1, 0.1),
  slice(2, null),
  slice(3, 0.6, ["NO_TUMOR", "IMPORTED"], true),
  slice(4, 0.8, ["NO_TUMOR", "HUMAN"]),
  slice(5, 0.4, ["CANNOT_TELL", "HUMAN"]),
  slice(6, 0.8, ["TUMOR", "HUMAN"], true),
];
const view = (order: StripView["order"], filter: StripView["filter"] = "all"): StripView => ({
  order,
  filter,
});

describe("the strip", () => {
  it("stands by position, by P(tumor) or by doubt; equal slices keep the study's order, unpredicted ones end it", () => {
    expect(stripSlices(slices, view("position"))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(stripSlices(slices, view("pTumor"))).toEqual([3, 5, 2, 4, 0, 1]);
    expect(stripSlices(slices, view("doubt"))).toEqual([2, 4, 3, 5, 0, 1]);
  });

  it("shows the flagged, the changed or the disagreeing; who cannot tell does not disagree", () => {
    expect(stripSlices(slices, view("position", "flagged"))).toEqual([2, 5]);
    expect(stripSlices(slices, view("position", "changed"))).toEqual([3, 4]);
    expect(stripSlices(slices, view("position", "disagreeing"))).toEqual([2, 3]);
    expect(stripSlices(slices, view("doubt", "changed"))).toEqual([4, 3]);
    expect(stripCounts(slices)).toEqual({ all: 6, flagged: 2, changed: 2, disagreeing: 2 });
  });

  it("is walked along its own order, and ends at its ends", () => {
    expect(stripNeighbour(slices, view("pTumor"), 3, 1)).toBe(5);
    expect(stripNeighbour(slices, view("pTumor"), 2, -1)).toBe(5);
    expect(stripNeighbour(slices, view("pTumor"), 3, -1)).toBe(3);
    expect(stripNeighbour(slices, view("position", "flagged"), 5, 1)).toBe(5);
  });

  it("is entered at the next slice of the list from one that the filter leaves out", () => {
    expect(stripNeighbour(slices, view("position", "flagged"), 3, 1)).toBe(5);
    expect(stripNeighbour(slices, view("position", "flagged"), 3, -1)).toBe(2);
    expect(stripNeighbour(slices, view("position", "flagged"), 0, -1)).toBe(0);
  });

  it("names a slice with strokes that are not saved", () => {
    expect(sliceName(slices[0]!, true)).toBe(
      "Slice 1, P(tumor) 0.10, confidence 90 %, no label, drawing not saved",
    );
  });
});
