import { database, type Transaction } from "@/lib/platform/database";
import { conflict, invalid, notFound } from "@/lib/platform/errors";
import { putObject } from "@/lib/platform/storage";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import type { LabelView } from "@/lib/records/label-view";
import { type MaskOf, maskOnFile, noMask } from "./mask-on-file";
import { readDrawnMask } from "./read-drawn-mask";
import { resolveOrigin } from "./resolve-origin";
import type { SaveLabel } from "./schema";
import { type Standing, writeVersion } from "./write-version";

const actOf = { keep: "KEPT", "use-model": "USED_MODEL", state: "STATED", draw: "DRAWN" } as const;

/**
 * Saves a reader's decision as the next version of a slice's label; earlier versions never change.
 *
 * `basedOn` is the version on the reader's screen, 0 for a first label. `act` is what they decided:
 *
 * - `keep`: the label on file is right. Its class, mask and what the mask stems from are stated again, byte for byte.
 * - `use-model`: the production model's class and mask. The label's source is MODEL, accepted by the actor.
 * - `state`: a class, with the mask on file or none.
 * - `draw`: the drawn mask, which stems from what the drawing began as.
 *
 * Each version says what was on the reader's screen: the model and its P(tumor). Sent twice with one `saveId` it is one
 * label; the author's draft of that id ends with it.
 *
 * Throws `forbidden` without `label:write`; `not-found` outside the actor's scope; `invalid` for a mask that is not
 * there, is damaged, has another size than the slice or contradicts the class, and for a class that is not the one on
 * file (`keep`) or the model's (`use-model`); `conflict` if someone saved since `basedOn`, or if another model than
 * `modelId` has gone into production.
 */
export async function saveLabel(actor: Actor, input: SaveLabel): Promise<LabelView> {
  requirePermission(actor, "label:write");
  const { act, labelClass, note, batchId } = input;
  const drawn = input.drawn === undefined ? noMask : await storeDrawnMask(actor, input, input.drawn);
  return writeVersion(actor, input, async (standing, db) => {
    const { current, prediction } = standing;
    const seen = input.modelId === null ? undefined : prediction;
    refuseUnseen(input, standing);
    refuseOtherClass(input, standing);
    const mask =
      input.mask === "drawn"
        ? { ...drawn, ...(await originOfDrawn(db, actor, input, drawn, standing)) }
        : chooseMask(input.mask, standing);
    refuseContradiction(labelClass, mask);
    const source = sourceOf(input, standing);
    return {
      labelClass,
      ...mask,
      act: actOf[act],
      source,
      modelId: source !== "MODEL" ? null : act === "keep" ? current!.modelId : (prediction?.modelId ?? null),
      reason: input.reason ?? (act === "keep" && labelClass === "CANNOT_TELL" ? current!.reason : null),
      note: note || null,
      restoredVersion: null,
      seenModelId: seen?.modelId ?? null,
      seenPTumor: seen?.pTumor ?? null,
      batchId: batchId ?? null,
    };
  });
}

/** A label that a person took from a model is still the model's after it was kept; an import's is a person's then. */
function sourceOf({ act }: SaveLabel, { current }: Standing): "MODEL" | "HUMAN" {
  if (act === "use-model") return "MODEL";
  return act === "keep" && current?.source === "MODEL" ? "MODEL" : "HUMAN";
}

/**
 * A mask that the reader never saw is not accepted. Without a prediction on the screen they may still decide: one may
 * have come since, or have been hidden (blind reading) until another reader decided.
 */
function refuseUnseen({ modelId, act }: SaveLabel, { prediction }: Standing) {
  if (modelId === null && act !== "use-model") return;
  if (modelId !== (prediction?.modelId ?? null)) throw conflict({ code: "prediction-changed" });
}

function refuseOtherClass({ act, labelClass }: SaveLabel, { current, prediction }: Standing) {
  if (act === "keep" && !current) throw invalid("act", { code: "nothing-to-keep" });
  if (act === "use-model" && !prediction) throw invalid("mask", { code: "no-mask-proposed-yet" });
  const expected =
    act === "keep" ? current!.labelClass : act === "use-model" ? prediction!.predictedClass : labelClass;
  if (labelClass !== expected) throw invalid("labelClass", { code: "other-class-on-file" });
}

/** Pixel by pixel the model's proposal is the model's mask, however it was drawn. */
async function originOfDrawn(
  db: Transaction,
  actor: Actor,
  { drawnFrom }: SaveLabel,
  { maskSha256 }: MaskOf,
  { prediction }: Standing,
): Promise<Pick<MaskOf, "maskOrigin" | "maskModelId">> {
  if (!maskSha256) return { maskOrigin: null, maskModelId: null };
  if (prediction && prediction.maskSha256 === maskSha256)
    return { maskOrigin: "MODEL", maskModelId: prediction.modelId };
  return resolveOrigin(db, actor, drawnFrom);
}

/** Stored before the transaction: a reader of the label always finds its mask, and a save that fails leaves an unused object. */
async function storeDrawnMask(
  actor: Actor,
  { sliceId, labelClass }: SaveLabel,
  drawn: string,
): Promise<MaskOf> {
  const slice = await database().slice.findFirst({
    where: { AND: [{ id: sliceId }, slicesReadableBy(actor)] },
    select: { rows: true, columns: true },
  });
  if (!slice) throw notFound({ code: "no-such-slice" });
  const { bytes, areaPixels } = readDrawnMask(drawn, slice);
  if (areaPixels === 0) {
    if (labelClass !== "TUMOR") return noMask;
    throw invalid("mask", { code: "drawn-mask-empty" });
  }
  refuseContradiction(labelClass, { areaPixels });
  return { ...noMask, maskSha256: await putObject(bytes), areaPixels };
}

function refuseContradiction(
  labelClass: SaveLabel["labelClass"],
  { areaPixels }: Pick<MaskOf, "areaPixels">,
) {
  if (labelClass !== "TUMOR" && areaPixels) {
    throw invalid("mask", { code: "mask-holds-tumor" });
  }
}

function chooseMask(choice: "proposed" | "current" | "none", { current, prediction }: Standing): MaskOf {
  if (choice === "none") return noMask;
  if (choice === "current") return current ? maskOnFile(current) : noMask;
  if (!prediction) throw invalid("mask", { code: "no-mask-proposed-yet" });
  const { maskSha256, areaPixels, modelId } = prediction;
  if (areaPixels === null) throw invalid("mask", { code: "model-proposes-no-masks" });
  // An empty proposal is stored as none.
  return maskSha256 ? { maskSha256, areaPixels, maskOrigin: "MODEL", maskModelId: modelId } : noMask;
}
