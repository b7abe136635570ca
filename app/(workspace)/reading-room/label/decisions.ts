import { classWord } from "@/app/_ui/label-words";
import type { SaveLabel } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";

/** What a reader may state of a slice with one key. */
export interface Decision {
  /** Null where the choice has no key. */
  key: "A" | "X" | "U" | "S" | null;
  title: string;
  labelClass: SaveLabel["labelClass"];
  mask: SaveLabel["mask"];
}

/** What stands of a drawing: `areaPixels` of tumor, 0 where everything was erased. */
export interface DrawnArea {
  areaPixels: number;
}

/**
 * The decisions that a slice offers: save what was drawn, accept or flip the model's class, or say that it cannot be
 * told. `drawn` is null where no stroke stands.
 */
export function decisionsFor(
  slice: Pick<SliceView, "prediction" | "label">,
  drawn: DrawnArea | null = null,
): Decision[] {
  const own = drawn ? [drawnDecision(drawn)] : [];
  const cannotTell: Decision = { key: "U", title: "Cannot tell", labelClass: "CANNOT_TELL", mask: "none" };
  const dropped = slice.label?.hasMask && (slice.label.areaPixels ?? 0) > 0 ? ", drop the mask" : "";
  const noTumor: Decision = {
    key: null,
    title: `No tumor on this slice${dropped}`,
    labelClass: "NO_TUMOR",
    mask: "none",
  };
  const tumor: Decision = {
    key: null,
    title: "Tumor on this slice",
    labelClass: "TUMOR",
    mask: slice.label?.labelClass === "TUMOR" && slice.label.hasMask ? "current" : "none",
  };
  const { prediction } = slice;
  if (!prediction) return [...own, tumor, noTumor, cannotTell];
  if (prediction.predictedClass === "TUMOR") {
    return [...own, acceptTumor(prediction, tumor.mask), { ...noTumor, key: "X" }, cannotTell];
  }
  const accept: Decision = {
    key: "A",
    title: `Accept: no tumor${dropped}`,
    labelClass: "NO_TUMOR",
    mask: "none",
  };
  return [...own, accept, { ...tumor, key: "X" }, cannotTell];
}

/** `atHand` is what becomes of the label's own mask: a model that proposes no masks says nothing against it. */
function acceptTumor(
  { hasMask, areaPixels }: NonNullable<SliceView["prediction"]>,
  atHand: Decision["mask"],
): Decision {
  const accept = { key: "A", labelClass: "TUMOR" } as const;
  if (hasMask) return { ...accept, title: "Accept label and mask", mask: "proposed" };
  if (areaPixels === null && atHand === "current")
    return { ...accept, title: "Accept label, keep the mask", mask: "current" };
  return { ...accept, title: "Accept label", mask: "none" };
}

/** An empty drawing says that there is no tumor; any other, that there is. */
function drawnDecision({ areaPixels }: DrawnArea): Decision {
  return areaPixels > 0
    ? {
        key: "S",
        title: `Save drawing, ${areaPixels.toLocaleString("en")} px`,
        labelClass: "TUMOR",
        mask: "drawn",
      }
    : { key: "S", title: "Save: all erased, no tumor", labelClass: "NO_TUMOR", mask: "none" };
}

/**
 * The ways out where a decision would contradict or silently drop what was drawn: null where it does not.
 * "No tumor" fits an empty drawing; everything else but the drawing itself needs the reader's word.
 */
export function waysOut(decision: Decision, drawn: DrawnArea | null): Decision[] | null {
  if (!drawn || decision.mask === "drawn") return null;
  if (drawn.areaPixels === 0 && decision.labelClass === "NO_TUMOR") return null;
  const drop: Decision = { ...decision, title: `${decision.title}; drop my drawing` };
  return [drawnDecision(drawn), drop];
}

/**
 * The same decision on top of a label that someone saved meanwhile: "current" then means that label's mask, so it
 * stays only where there is one.
 */
export function onTopOf<Stated extends Pick<Decision, "mask">>(
  decision: Stated,
  newer: SliceView["label"],
): Stated {
  if (decision.mask !== "current") return decision;
  return { ...decision, mask: newer?.labelClass === "TUMOR" && newer.hasMask ? "current" : "none" };
}

/** e.g. `no tumor`, `tumor with the model's mask` */
export function decisionWords({ labelClass, mask }: Pick<Decision, "labelClass" | "mask">): string {
  if (mask === "proposed") return `${classWord(labelClass)} with the model's mask`;
  if (mask === "current") return `${classWord(labelClass)} with the current mask`;
  if (mask === "drawn") return `${classWord(labelClass)} with the drawn mask`;
  return classWord(labelClass);
}
