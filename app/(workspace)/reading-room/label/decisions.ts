import { classWord } from "@/app/_ui/label-words";
import type { DecisionAct, SaveLabel } from "@/lib/features/labels/schema";
import type { SliceView } from "@/lib/features/studies/schema";

/** Keys of decisions, each with one meaning on every slice. */
export type DecisionKey = "A" | "Y" | "X" | "Shift X" | "U" | "S";

/** What a reader may decide on a slice with one key. */
export interface Decision {
  key: DecisionKey;
  /** What the button does. */
  title: string;
  /** What will be stored, e.g. `tumor, mask 1,112 → 21 px`; else why it cannot be decided. */
  stores: string;
  /** False where it makes no sense on this slice: its button stays in its place, and does nothing. */
  isOpen: boolean;
  act: DecisionAct;
  labelClass: SaveLabel["labelClass"];
  mask: SaveLabel["mask"];
}

/** What stands of a drawing: `areaPixels` of tumor, 0 where everything was erased. */
export interface DrawnArea {
  areaPixels: number;
}

type Decided = Pick<SliceView, "prediction" | "label"> & Partial<Pick<SliceView, "predictionHidden">>;

/**
 * The decisions on a slice, always all and in this order, so that no button takes another's place under the pointer: keep
 * the label on file, use the model's, no tumor, tumor, unsure, save what was drawn. Each says what it stores. `drawn` is
 * null where no stroke stands.
 */
export function decisionsFor(slice: Decided, drawn: DrawnArea | null = null): Decision[] {
  return [
    keepDecision(slice),
    modelDecision(slice),
    classDecision("NO_TUMOR", slice),
    classDecision("TUMOR", slice),
    unsureDecision(slice),
    drawn
      ? drawnDecision(drawn)
      : { ...drawnDecision({ areaPixels: 1 }), stores: "nothing is drawn", isOpen: false },
  ];
}

/** The decision that comes first to mind: save what was drawn, else keep what is on file. None where neither is. */
export function primaryDecision(decisions: readonly Decision[]): Decision | undefined {
  const open = (act: DecisionAct) => decisions.find((decision) => decision.act === act && decision.isOpen);
  return open("draw") ?? decisions.find(({ key, isOpen }) => key === "A" && isOpen);
}

function keepDecision({ label }: Decided): Decision {
  const area = areaOnFile(label);
  const keep = { key: "A", title: area > 0 ? "Keep label and mask" : "Keep label", act: "keep" } as const;
  if (!label || label.labelClass === "WITHDRAWN")
    return { ...keep, stores: "no label is on file", isOpen: false, labelClass: "NO_TUMOR", mask: "none" };
  const { labelClass } = label;
  return { ...keep, stores: statement(labelClass, area), isOpen: true, labelClass, mask: "current" };
}

function modelDecision({ label, prediction, predictionHidden }: Decided): Decision {
  const use = { key: "Y", act: "use-model", labelClass: "NO_TUMOR", mask: "none" } as const;
  const closed = (why: string) => ({ ...use, title: "Use the model’s label", stores: why, isOpen: false });
  if (predictionHidden) return closed("hidden until you have decided");
  if (!prediction) return closed("no prediction yet");
  const { predictedClass, areaPixels, maskSha256 } = prediction;
  // No model predicts anything else.
  const labelClass = predictedClass === "TUMOR" ? "TUMOR" : "NO_TUMOR";
  const proposesMasks = areaPixels !== null;
  // A model that proposes no masks says nothing against the one on file.
  const keepsMask = labelClass === "TUMOR" && !proposesMasks && areaOnFile(label) > 0;
  const mask = keepsMask ? "current" : labelClass === "TUMOR" && maskSha256 ? "proposed" : "none";
  const areaAfter = mask === "proposed" ? (areaPixels ?? 0) : mask === "current" ? areaOnFile(label) : 0;
  const maskAfter = mask === "proposed" ? maskSha256 : mask === "current" ? maskOnFile(label) : null;
  if (label?.labelClass === labelClass && maskOnFile(label) === maskAfter)
    return closed("the same as on file");
  const title = maskAfter ? "Use the model’s label and mask" : "Use the model’s label";
  const stores = statement(labelClass, areaOnFile(label), areaAfter);
  return { ...use, title, stores, isOpen: true, labelClass, mask };
}

/** A class by its own key. Of the class on file it says the same as keeping it does. */
function classDecision(labelClass: "NO_TUMOR" | "TUMOR", { label }: Decided): Decision {
  const area = areaOnFile(label);
  const stated =
    labelClass === "TUMOR"
      ? ({ key: "Shift X", title: "Tumor", labelClass, isOpen: true } as const)
      : ({ key: "X", title: "No tumor", labelClass, isOpen: true } as const);
  if (label?.labelClass === labelClass)
    return {
      ...stated,
      stores: area > 0 ? `keeps the mask, ${pixels(area)}` : "as on file",
      act: "keep",
      mask: "current",
    };
  const none =
    labelClass === "TUMOR" ? "no mask yet" : area > 0 ? `removes the mask, ${pixels(area)}` : "no mask";
  return { ...stated, stores: none, act: "state", mask: "none" };
}

function unsureDecision({ label }: Decided): Decision {
  const area = areaOnFile(label);
  return {
    key: "U",
    title: "Unsure",
    stores: area > 0 ? `asks why, removes the mask, ${pixels(area)}` : "asks why",
    isOpen: true,
    act: "state",
    labelClass: "CANNOT_TELL",
    mask: "none",
  };
}

/** An empty drawing says that there is no tumor; any other, that there is. */
export function drawnDecision({ areaPixels }: DrawnArea): Decision {
  const draw = { key: "S", title: "Save drawing", isOpen: true, act: "draw" } as const;
  return areaPixels > 0
    ? { ...draw, stores: statement("TUMOR", areaPixels), labelClass: "TUMOR", mask: "drawn" }
    : { ...draw, stores: "no tumor, all erased", labelClass: "NO_TUMOR", mask: "none" };
}

const areaOnFile = (label: SliceView["label"]) => label?.areaPixels ?? 0;
/** An empty mask is none. */
const maskOnFile = (label: SliceView["label"]) =>
  areaOnFile(label) > 0 ? (label?.maskSha256 ?? null) : null;

const pixels = (area: number) => `${area.toLocaleString("en")} px`;

/** e.g. `tumor, mask 21 px`, `tumor, mask 1,112 → 21 px`, `no tumor, removes the mask, 1,112 px` */
function statement(labelClass: SaveLabel["labelClass"], before: number, after = before): string {
  const words = classWord(labelClass);
  if (after === 0) return before > 0 ? `${words}, removes the mask, ${pixels(before)}` : `${words}, no mask`;
  const from = before > 0 && before !== after ? `${before.toLocaleString("en")} → ` : "";
  return `${words}, mask ${from}${pixels(after)}`;
}

/** What a decision takes from a slice: the expert's mask that would go, and what would take its place. */
export interface Replacement {
  decision: Decision;
  /** Dice of the mask on file and the one that replaces it, 0 to 1. */
  dice: number;
}

/** Below this Dice a model's mask takes an expert's place only after a question. */
export const asksBelowDice = 0.7;

/** True where using the model's mask would take an expert's away, so that its Dice must be looked at. */
export function replacesMask({ act, mask }: Decision, { label }: Decided): boolean {
  return act === "use-model" && mask !== "current" && areaOnFile(label) > 0;
}

/**
 * The ways out where a decision would contradict or silently drop what was drawn: null where it does not.
 * "No tumor" fits an empty drawing; everything else but the drawing itself needs the reader's word.
 */
export function waysOut(decision: Decision, drawn: DrawnArea | null): Decision[] | null {
  if (!drawn || decision.act === "draw") return null;
  if (drawn.areaPixels === 0 && decision.labelClass === "NO_TUMOR") return null;
  const drop: Decision = { ...decision, title: `${decision.title}; drop my drawing` };
  return [drawnDecision(drawn), drop];
}

/**
 * The same decision on top of a label that someone saved meanwhile: "current" then means that label's mask, so it
 * stays only where there is one. Null where it says nothing of the newer label: the one that was kept is another.
 */
export function onTopOf<Stated extends Pick<Decision, "act" | "mask">>(
  decision: Stated,
  newer: SliceView["label"],
): Stated | null {
  if (decision.act === "keep") return null;
  if (decision.mask !== "current") return decision;
  return { ...decision, mask: newer?.labelClass === "TUMOR" && newer.maskSha256 ? "current" : "none" };
}

/** e.g. `no tumor`, `tumor, as on file`, `tumor with the model's mask` */
export function decisionWords({ labelClass, mask }: Pick<Decision, "labelClass" | "mask">): string {
  if (mask === "proposed") return `${classWord(labelClass)} with the model's mask`;
  if (mask === "current") return `${classWord(labelClass)}, as on file`;
  if (mask === "drawn") return `${classWord(labelClass)} with the drawn mask`;
  return classWord(labelClass);
}
