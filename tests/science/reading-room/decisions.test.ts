import { describe, expect, it } from "vitest";
import { labelReasons, perCent } from "@/app/_ui/label-words";
import { decisionsFor, onTopOf, waysOut } from "@/app/(workspace)/reading-room/label/decisions";
import { labelState, sliceName } from "@/app/(workspace)/reading-room/label/label-state";
import { labelReasons as ofSchema } from "@/lib/features/labels/schema";
import type { PredictionView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";

const prediction: PredictionView = {
  modelId: "m",
  modelNumber: 7,
  pTumor: 0.97,
  pTumorAlone: null,
  headSpread: null,
  predictedClass: "TUMOR",
  threshold: 0.5,
  confidence: 0.97,
  areaPixels: 300,
  hasMask: true,
};
const negative: PredictionView = {
  ...prediction,
  pTumor: 0.1,
  pTumorAlone: null,
  headSpread: null,
  predictedClass: "NO_TUMOR",
  confidence: 0.9,
  hasMask: false,
};
const label: LabelView = {
  id: "l",
  version: 1,
  labelClass: "TUMOR",
  source: "IMPORTED",
  areaPixels: 280,
  hasMask: true,
  authorName: null,
  modelNumber: null,
  reason: null,
  note: null,
  restoredVersion: null,
  createdAt: new Date(0),
};

describe("decisions", () => {
  it("accept the model's class with its mask, or flip it, by one key", () => {
    const offered = decisionsFor({ prediction, label });
    expect(offered.map(({ key, labelClass, mask }) => [key, labelClass, mask])).toEqual([
      ["A", "TUMOR", "proposed"],
      ["X", "NO_TUMOR", "none"],
      ["U", "CANNOT_TELL", "none"],
    ]);
  });

  it("flip to tumor with the mask that is already there", () => {
    const flip = decisionsFor({ prediction: negative, label }).find(({ key }) => key === "X");
    expect(flip).toMatchObject({ title: "Tumor on this slice", labelClass: "TUMOR", mask: "current" });
    const bare = decisionsFor({ prediction: negative, label: null }).find(({ key }) => key === "X");
    expect(bare).toMatchObject({ labelClass: "TUMOR", mask: "none" });
  });

  it("keep the label's mask where the model proposes none, and drop it where it proposes an empty one", () => {
    const masks = (areaPixels: number | null, ofLabel: LabelView | null) =>
      decisionsFor({ prediction: { ...prediction, hasMask: false, areaPixels }, label: ofLabel })[0];
    expect(masks(null, label)).toMatchObject({
      key: "A",
      title: "Accept label, keep the mask",
      mask: "current",
    });
    expect(masks(null, null)).toMatchObject({ key: "A", title: "Accept label", mask: "none" });
    expect(masks(0, label)).toMatchObject({ key: "A", title: "Accept label", mask: "none" });
  });

  it("offer no key for accepting where no model has spoken", () => {
    expect(decisionsFor({ prediction: null, label: null }).map(({ key }) => key)).toEqual([null, null, "U"]);
  });

  it("offer to save what was drawn first, and as no tumor where all was erased", () => {
    expect(decisionsFor({ prediction, label }, { areaPixels: 1200 })[0]).toEqual({
      key: "S",
      title: "Save drawing, 1,200 px",
      labelClass: "TUMOR",
      mask: "drawn",
    });
    expect(decisionsFor({ prediction, label }, { areaPixels: 0 })[0]).toMatchObject({
      key: "S",
      labelClass: "NO_TUMOR",
      mask: "none",
    });
  });

  it("that contradict or drop a drawing leave the choice to the reader", () => {
    const [accept, reject, cannotTell] = decisionsFor({ prediction, label });
    const drawn = { areaPixels: 30 };
    for (const decision of [accept!, reject!, cannotTell!]) {
      expect(waysOut(decision, drawn)!.map(({ mask }) => mask)).toEqual(["drawn", decision.mask]);
      expect(waysOut(decision, null)).toBeNull();
    }
    expect(waysOut(reject!, { areaPixels: 0 })).toBeNull();
    expect(waysOut(accept!, { areaPixels: 0 })).toHaveLength(2);
    expect(waysOut(decisionsFor({ prediction, label }, drawn)[0]!, drawn)).toBeNull();
  });

  it("keep the current mask on top of a newer label only where that has one", () => {
    const flip = decisionsFor({ prediction: negative, label }).find(({ key }) => key === "X")!;
    expect(onTopOf(flip, label).mask).toBe("current");
    expect(onTopOf(flip, { ...label, labelClass: "CANNOT_TELL", hasMask: false }).mask).toBe("none");
  });
});

describe("a slice in the strip", () => {
  it("is named in words", () => {
    const slice = { position: 12, prediction, label, flags: ["LOW_CONFIDENCE" as const] };
    expect(sliceName(slice)).toBe(
      "Slice 12, P(tumor) 0.97, confidence 97 %, tumor labelled, flagged, imported",
    );
    expect(sliceName({ position: 3, prediction: null, label: null, flags: [] })).toBe(
      "Slice 3, no prediction, no label",
    );
  });

  it("agrees or is corrected by what a person said of the model's class", () => {
    const flags: [] = [];
    expect(labelState({ prediction, label: null, flags })).toBe("predicted");
    expect(labelState({ prediction, label, flags })).toBe("imported");
    expect(labelState({ prediction, label: { ...label, source: "MODEL" }, flags })).toBe("agreed");
    expect(labelState({ prediction, label: { ...label, source: "HUMAN" }, flags })).toBe("corrected");
    const bare: LabelView = { ...label, source: "HUMAN", hasMask: false };
    expect(labelState({ prediction, label: bare, flags })).toBe("agreed");
    expect(labelState({ prediction: negative, label: { ...label, source: "HUMAN" }, flags })).toBe(
      "corrected",
    );
    expect(labelState({ prediction: null, label: null, flags })).toBe("unlabelled");
  });

  it("claims certainty only where it is certain", () => {
    expect([perCent(1), perCent(0.999), perCent(0.974), perCent(0.001), perCent(0)]).toEqual([
      "100 %",
      "> 99 %",
      "97 %",
      "< 1 %",
      "0 %",
    ]);
  });
});

describe("reasons", () => {
  it("are offered as the schema has them, each with its word", () => {
    expect(labelReasons).toEqual(ofSchema);
  });
});
