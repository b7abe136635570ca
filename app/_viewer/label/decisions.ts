import type { SaveLabel } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";
import { classWord } from "./label-state";

/** What a reader may state of a slice with one key. */
export interface Decision {
  /** Null where the choice has no key. */
  key: "A" | "X" | "U" | null;
  title: string;
  labelClass: SaveLabel["labelClass"];
  mask: SaveLabel["mask"];
}

/** The decisions that a slice offers: accept or flip the model's class, or say that it cannot be told. */
export function decisionsFor(slice: Pick<SliceView, "prediction" | "label">): Decision[] {
  const cannotTell: Decision = { key: "U", title: "Cannot tell", labelClass: "CANNOT_TELL", mask: "none" };
  const noTumor: Decision = {
    key: null,
    title: "No tumor on this slice",
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
  if (!prediction) return [tumor, noTumor, cannotTell];
  if (prediction.predictedClass === "TUMOR") {
    const accept: Decision = prediction.hasMask
      ? { key: "A", title: "Accept label and mask", labelClass: "TUMOR", mask: "proposed" }
      : { key: "A", title: "Accept label", labelClass: "TUMOR", mask: "none" };
    return [accept, { ...noTumor, key: "X" }, cannotTell];
  }
  const accept: Decision = { key: "A", title: "Accept: no tumor", labelClass: "NO_TUMOR", mask: "none" };
  return [accept, { ...tumor, key: "X" }, cannotTell];
}

/**
 * The same decision on top of a label that someone saved meanwhile: "current" then means that label's mask, so it
 * stays only where there is one.
 */
export function onTopOf(decision: Decision, newer: SliceView["label"]): Decision {
  if (decision.mask !== "current") return decision;
  return { ...decision, mask: newer?.labelClass === "TUMOR" && newer.hasMask ? "current" : "none" };
}

/** e.g. `no tumor`, `tumor with the model's mask` */
export function decisionWords({ labelClass, mask }: Pick<Decision, "labelClass" | "mask">): string {
  if (mask === "proposed") return `${classWord(labelClass)} with the model's mask`;
  if (mask === "current") return `${classWord(labelClass)} with the current mask`;
  return classWord(labelClass);
}
