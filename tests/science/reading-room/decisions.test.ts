import { describe, expect, it } from "vitest";
import { labelReasons, perCent } from "@/app/_ui/label-words";
import { decisionsFor, onTopOf, waysOut } from "@/app/(workspace)/reading-room/label/decisions";
import { labelState, reviewCounts, sliceName } from "@/app/(workspace)/reading-room/label/label-state";
import { labelReasons as ofSchema } from "@/lib/features/labels/schema";
import type { PredictionView } from "@/lib/features/studies/schema";
import type { LabelView } from "@/lib/records/label-view";
import { label as anyLabel } from "./fake-study";

const prediction: PredictionView = {
  modelId: "m",
  modelNumber: 7,
  pTumor: 0.97,
  pTumorAlone: null,
  headSpread: null,
  predictedClass: "TUMOR",
  threshold: 0.5,
  confidence: 0.97,
  areaPixels: 21,
  maskSha256: "proposed",
};
const negative: PredictionView = {
  ...prediction,
  pTumor: 0.1,
  predictedClass: "NO_TUMOR",
  confidence: 0.9,
  areaPixels: 0,
  maskSha256: null,
};
const label: LabelView = {
  ...anyLabel(1),
  source: "IMPORTED",
  areaPixels: 1112,
  maskSha256: "expert",
  maskOrigin: { kind: "IMPORT", modelNumber: null },
};
const noTumor: LabelView = {
  ...label,
  labelClass: "NO_TUMOR",
  areaPixels: null,
  maskSha256: null,
  maskOrigin: null,
};

type Offering = Parameters<typeof decisionsFor>[0];
const offered = (slice: Offering, drawn: { areaPixels: number } | null = null) =>
  decisionsFor(slice, drawn).map(({ key, act, labelClass, mask }) => [key, act, labelClass, mask]);
const said = (slice: Offering, drawn: { areaPixels: number } | null = null) =>
  decisionsFor(slice, drawn).map(({ key, title, stores }) => `${key} ${title}: ${stores}`);

describe("decisions", () => {
  it("keep what is on file first; the model's, the other class and unsure come after, each saying what it stores", () => {
    expect(offered({ prediction, label })).toEqual([
      ["A", "keep", "TUMOR", "current"],
      ["Y", "use-model", "TUMOR", "proposed"],
      ["X", "state", "NO_TUMOR", "none"],
      ["U", "state", "CANNOT_TELL", "none"],
    ]);
    expect(said({ prediction, label })).toEqual([
      "A Keep label and mask: tumor, mask 1,112 px",
      "Y Use the model’s label and mask: tumor, mask 1,112 → 21 px",
      "X No tumor: removes the mask, 1,112 px",
      "U Unsure: asks why, removes the mask, 1,112 px",
    ]);
  });

  it("under 'no tumor' on file keep no tumor, whatever the model says", () => {
    expect(said({ prediction, label: noTumor })).toEqual([
      "A Keep label: no tumor, no mask",
      "Y Use the model’s label and mask: tumor, mask 21 px",
      "X Tumor: no mask yet",
      "U Unsure: asks why",
    ]);
  });

  it("offer the model's only where class or mask differ", () => {
    const keys = (slice: Offering) => decisionsFor(slice).map(({ key }) => key);
    expect(keys({ prediction: negative, label: noTumor })).toEqual(["A", "X", "U"]);
    const same = { ...label, areaPixels: 21, maskSha256: "proposed" };
    expect(keys({ prediction, label: same })).toEqual(["A", "X", "U"]);
    expect(keys({ prediction: negative, label })).toEqual(["A", "Y", "X", "U"]);
    expect(said({ prediction: negative, label })[1]).toBe(
      "Y Use the model’s label: no tumor, removes the mask, 1,112 px",
    );
  });

  it("keep the mask on file where the model proposes none, and remove it where it proposes an empty one", () => {
    const using = (areaPixels: number | null, ofLabel: LabelView | null) =>
      decisionsFor({ prediction: { ...prediction, maskSha256: null, areaPixels }, label: ofLabel }).find(
        ({ key }) => key === "Y",
      );
    // Nothing would change.
    expect(using(null, label)).toBeUndefined();
    expect(using(null, null)).toMatchObject({ mask: "none", stores: "tumor, no mask" });
    expect(using(0, label)).toMatchObject({ mask: "none", stores: "tumor, removes the mask, 1,112 px" });
  });

  it("use the model's first where nothing is on file", () => {
    expect(said({ prediction, label: null })).toEqual([
      "Y Use the model’s label and mask: tumor, mask 21 px",
      "X No tumor: no mask",
      "U Unsure: asks why",
    ]);
    expect(offered({ prediction: null, label: null })).toEqual([
      ["X", "state", "NO_TUMOR", "none"],
      [null, "state", "TUMOR", "none"],
      ["U", "state", "CANNOT_TELL", "none"],
    ]);
  });

  it("save what was drawn first, and as no tumor where all was erased", () => {
    expect(decisionsFor({ prediction, label }, { areaPixels: 1200 })[0]).toEqual({
      key: "S",
      title: "Save drawing",
      stores: "tumor, mask 1,200 px",
      act: "draw",
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
    const [keep, use, reject, unsure] = decisionsFor({ prediction, label });
    const drawn = { areaPixels: 30 };
    for (const decision of [keep!, use!, reject!, unsure!]) {
      expect(waysOut(decision, drawn)!.map(({ mask }) => mask)).toEqual(["drawn", decision.mask]);
      expect(waysOut(decision, null)).toBeNull();
    }
    expect(waysOut(reject!, { areaPixels: 0 })).toBeNull();
    expect(waysOut(keep!, { areaPixels: 0 })).toHaveLength(2);
    expect(waysOut(decisionsFor({ prediction, label }, drawn)[0]!, drawn)).toBeNull();
  });

  it("go on top of a newer label with its mask where there is one; what was kept is another by then", () => {
    const stated = { act: "state", mask: "current" } as const;
    expect(onTopOf(stated, label)?.mask).toBe("current");
    expect(onTopOf(stated, noTumor)?.mask).toBe("none");
    expect(onTopOf({ act: "keep", mask: "current" }, label)).toBeNull();
  });
});

describe("a slice in the strip", () => {
  const imported = { id: "l", labelClass: "TUMOR", areaPixels: 1112, maskSha256: "expert" } as const;
  const state = (of: PredictionView | null, one: LabelView | null, from: typeof imported | null = imported) =>
    labelState({ prediction: of, label: one, imported: from, flags: [] });

  it("is named in words", () => {
    const slice = { position: 12, prediction, label, imported, flags: ["LOW_CONFIDENCE" as const] };
    expect(sliceName(slice)).toBe(
      "Slice 12, P(tumor) 0.97, confidence 97 %, tumor labelled, flagged, imported",
    );
    expect(sliceName({ position: 3, prediction: null, label: null, imported: null, flags: [] })).toBe(
      "Slice 3, no prediction, no label",
    );
  });

  it("agrees only where class and mask are the model's", () => {
    const human = { ...label, source: "HUMAN" as const };
    expect(state(prediction, { ...human, maskSha256: "proposed", areaPixels: 21 })).toBe("agreed");
    expect(state(negative, { ...noTumor, source: "HUMAN" })).toBe("agreed");
    // The same class with the expert's mask confirms the import, and says nothing of the model's mask.
    expect(state(prediction, human)).toBe("confirmed");
    expect(state(prediction, { ...human, areaPixels: null, maskSha256: null })).toBe("changed");
    expect(state(prediction, { ...human, maskSha256: "drawn" })).toBe("changed");
    expect(state(negative, human, null)).toBe("changed");
  });

  it("is imported, predicted or unlabelled where no person has spoken", () => {
    expect(state(prediction, label)).toBe("imported");
    expect(state(prediction, null, null)).toBe("predicted");
    expect(state(null, null, null)).toBe("unlabelled");
  });

  it("is counted as reviewed, and as changed where its label is neither the import's nor the model's", () => {
    const human = { ...label, source: "HUMAN" as const };
    const slice = (one: LabelView | null) => ({ prediction, label: one, imported, flags: [] });
    const slices = [label, human, { ...human, maskSha256: "drawn" }, null].map(slice);
    expect(reviewCounts(slices)).toEqual({ reviewed: 2, changed: 1 });
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
