import { database } from "@/lib/platform/database";
import { conflict, invalid, notFound } from "@/lib/platform/errors";
import { putObject } from "@/lib/platform/storage";
import { type Actor, requirePermission, slicesReadableBy } from "@/lib/records/access";
import type { LabelView } from "@/lib/records/label-view";
import { readDrawnMask } from "./read-drawn-mask";
import type { SaveLabel } from "./schema";
import { writeVersion } from "./write-version";

interface MaskOf {
  maskSha256: string | null;
  areaPixels: number | null;
}

/**
 * Saves the next version of a slice's label; earlier versions never change.
 *
 * `basedOn` is the version on the reader's screen, 0 for a first label. `mask` says what becomes of the mask:
 * the production model's proposal, the current label's, the drawn one, or none. Where class and mask are both the
 * model's, the label's source is MODEL, accepted by the actor; else HUMAN. Sent twice with one `saveId` it is one
 * label; the author's draft of that id ends with it.
 *
 * Throws `forbidden` without `label:write`; `not-found` outside the actor's scope; `invalid` for a mask that is not
 * there, is damaged, has another size than the slice or contradicts the class; `conflict` if someone saved since
 * `basedOn`, or if another model than `modelId` has gone into production.
 */
export async function saveLabel(actor: Actor, input: SaveLabel): Promise<LabelView> {
  requirePermission(actor, "label:write");
  const { labelClass, reason, note } = input;
  const drawn = input.drawn === undefined ? noMask : await storeDrawnMask(actor, input, input.drawn);
  return writeVersion(actor, input, ({ current, prediction }) => {
    // Else a mask would be accepted that the reader never saw.
    if (input.modelId !== (prediction?.modelId ?? null)) {
      throw conflict({ code: "prediction-changed" });
    }
    const mask = input.mask === "drawn" ? drawn : chooseMask(input.mask, current, prediction);
    refuseContradiction(labelClass, mask);
    const accepted =
      prediction?.predictedClass === labelClass &&
      mask.maskSha256 === (labelClass === "TUMOR" ? prediction.maskSha256 : null);
    return {
      labelClass,
      ...mask,
      source: accepted ? "MODEL" : "HUMAN",
      modelId: accepted || input.mask === "proposed" ? (prediction?.modelId ?? null) : null,
      reason: reason ?? null,
      note: note || null,
      restoredVersion: null,
    };
  });
}

const noMask: MaskOf = { maskSha256: null, areaPixels: null };

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
  return { maskSha256: await putObject(bytes), areaPixels };
}

function refuseContradiction(
  labelClass: SaveLabel["labelClass"],
  { areaPixels }: Pick<MaskOf, "areaPixels">,
) {
  if (labelClass !== "TUMOR" && areaPixels) {
    throw invalid("mask", { code: "mask-holds-tumor" });
  }
}

function chooseMask(
  choice: "proposed" | "current" | "none",
  current: MaskOf | undefined,
  prediction: MaskOf | undefined,
): MaskOf {
  if (choice === "none") return noMask;
  if (choice === "current") {
    return { maskSha256: current?.maskSha256 ?? null, areaPixels: current?.areaPixels ?? null };
  }
  if (!prediction) throw invalid("mask", { code: "no-mask-proposed-yet" });
  if (prediction.areaPixels === null) throw invalid("mask", { code: "model-proposes-no-masks" });
  // An empty proposal is stored as none.
  return prediction.maskSha256
    ? { maskSha256: prediction.maskSha256, areaPixels: prediction.areaPixels }
    : noMask;
}
