import { describe, expect, it } from "vitest";
import { labelReasons, perCent } from "@/app/_ui/label-words";
import {
  decisionsFor,
  decisionWords,
  onTopOf,
  primaryDecision,
  waysOut,
} from "@/app/(workspace)/reading-room/label/decisions";
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
const said = (slice: Offering, drawn: { areaPixels: number } | null = null) =>
  decisionsFor(slice, drawn).map(
    ({ key, title, stores, isOpen }) => `${isOpen ? key : "-"} ${title}: ${stores}`,
  );
const acts = (slice: Offering) =>
  decisionsFor(slice).flatMap(({ key, act, labelClass, mask, isOpen }) =>
    isOpen ? [[key, act, labelClass, mask]] : [],
  );

describe("decisions", () => {
  it("stand in one order on every slice, each saying what it stores", () => {
    expect(said({ prediction, label })).toEqual([
      "A Keep label and mask: tumor, mask 1,112 px",
      "Y Use the model’s label and mask: tumor, mask 1,112 → 21 px",
      "X No tumor: removes the mask, 1,112 px",
      "Shift X Tumor: keeps the mask, 1,112 px",
      "U Unsure: asks why, removes the mask, 1,112 px",
      "- Save drawing: nothing is drawn",
    ]);
    const titles = (of: Offering) => decisionsFor(of).map(({ key }) => key);
    for (const of of [
      { prediction: null, label: null },
      { prediction: negative, label: noTumor },
    ])
      expect(titles(of)).toEqual(titles({ prediction, label }));
  });

  it("store what they say", () => {
    expect(acts({ prediction, label })).toEqual([
      ["A", "keep", "TUMOR", "current"],
      ["Y", "use-model", "TUMOR", "proposed"],
      ["X", "state", "NO_TUMOR", "none"],
      ["Shift X", "keep", "TUMOR", "current"],
      ["U", "state", "CANNOT_TELL", "none"],
    ]);
  });

  it("have one key a class, whatever is on file or predicted: that of the class on file keeps it", () => {
    const classes = (of: Offering) => acts(of).filter(([key]) => key === "X" || key === "Shift X");
    const stated = [
      ["X", "state", "NO_TUMOR", "none"],
      ["Shift X", "state", "TUMOR", "none"],
    ];
    const unsure: LabelView = { ...noTumor, labelClass: "CANNOT_TELL" };
    for (const of of [prediction, negative, null])
      for (const onFile of [null, unsure]) expect(classes({ prediction: of, label: onFile })).toEqual(stated);
    expect(classes({ prediction, label: noTumor })).toEqual([
      ["X", "keep", "NO_TUMOR", "current"],
      ["Shift X", "state", "TUMOR", "none"],
    ]);
    expect(said({ prediction, label: noTumor })).toEqual([
      "A Keep label: no tumor, no mask",
      "Y Use the model’s label and mask: tumor, mask 21 px",
      "X No tumor: as on file",
      "Shift X Tumor: no mask yet",
      "U Unsure: asks why",
      "- Save drawing: nothing is drawn",
    ]);
  });

  it("use the model's only where class or mask differ, and it may be seen", () => {
    const using = (of: Offering) => said(of)[1];
    expect(using({ prediction: negative, label: noTumor })).toBe(
      "- Use the model’s label: the same as on file",
    );
    const same = { ...label, areaPixels: 21, maskSha256: "proposed" };
    expect(using({ prediction, label: same })).toBe("- Use the model’s label: the same as on file");
    expect(using({ prediction: negative, label })).toBe(
      "Y Use the model’s label: no tumor, removes the mask, 1,112 px",
    );
    expect(using({ prediction: null, label })).toBe("- Use the model’s label: no prediction yet");
    expect(using({ prediction: null, label, predictionHidden: true })).toBe(
      "- Use the model’s label: hidden until you have decided",
    );
  });

  it("keep the mask on file where the model proposes none, and remove it where it proposes an empty one", () => {
    const using = (areaPixels: number | null, ofLabel: LabelView | null) =>
      decisionsFor({ prediction: { ...prediction, maskSha256: null, areaPixels }, label: ofLabel })[1];
    // Nothing would change.
    expect(using(null, label)).toMatchObject({ isOpen: false });
    expect(using(null, null)).toMatchObject({ mask: "none", stores: "tumor, no mask" });
    expect(using(0, label)).toMatchObject({ mask: "none", stores: "tumor, removes the mask, 1,112 px" });
  });

  it("keep nothing where nothing is on file; then none comes first to mind", () => {
    const offered = decisionsFor({ prediction, label: null });
    expect(said({ prediction, label: null })[0]).toBe("- Keep label: no label is on file");
    expect(primaryDecision(offered)).toBeUndefined();
    const first = (of: Offering, drawn: { areaPixels: number } | null = null) =>
      primaryDecision(decisionsFor(of, drawn))?.key;
    expect(first({ prediction, label })).toBe("A");
    expect(first({ prediction, label }, { areaPixels: 3 })).toBe("S");
    expect(first({ prediction, label: null }, { areaPixels: 3 })).toBe("S");
  });

  it("save what was drawn, and as no tumor where all was erased", () => {
    expect(decisionsFor({ prediction, label }, { areaPixels: 1200 }).at(-1)).toEqual({
      key: "S",
      title: "Save drawing",
      stores: "tumor, mask 1,200 px",
      isOpen: true,
      act: "draw",
      labelClass: "TUMOR",
      mask: "drawn",
    });
    expect(decisionsFor({ prediction, label }, { areaPixels: 0 }).at(-1)).toMatchObject({
      key: "S",
      labelClass: "NO_TUMOR",
      mask: "none",
    });
  });

  it("that contradict or drop a drawing leave the choice to the reader", () => {
    const [keep, use, reject, tumor, unsure] = decisionsFor({ prediction, label });
    const drawn = { areaPixels: 30 };
    for (const decision of [keep!, use!, reject!, tumor!, unsure!]) {
      expect(waysOut(decision, drawn)!.map(({ mask }) => mask)).toEqual(["drawn", decision.mask]);
      expect(waysOut(decision, null)).toBeNull();
    }
    expect(waysOut(reject!, { areaPixels: 0 })).toBeNull();
    expect(waysOut(keep!, { areaPixels: 0 })).toHaveLength(2);
    expect(waysOut(decisionsFor({ prediction, label }, drawn).at(-1)!, drawn)).toBeNull();
  });

  it("are said without a mask that is not there", () => {
    const words = decisionsFor({ prediction, label: noTumor }).map(decisionWords);
    expect(words.slice(0, 4)).toEqual([
      "no tumor, as on file",
      "tumor with the model's mask",
      "no tumor, as on file",
      "tumor",
    ]);
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
