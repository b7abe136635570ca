import { invalid, notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import type { LabelView } from "@/lib/records/label-view";
import { maskOnFile } from "./mask-on-file";
import type { RestoreLabel } from "./schema";
import { writeVersion } from "./write-version";

/**
 * Brings an earlier version's class and mask back as the next version of the slice's label, a person's. What was said
 * of why it cannot be told comes back with it, where something was.
 *
 * Throws `forbidden` without `label:write`; `not-found` outside the actor's scope and for another slice's label;
 * `invalid` for the current version and for one that took a label back; `conflict` as `saveLabel` does.
 */
export async function restoreLabel(actor: Actor, input: RestoreLabel): Promise<LabelView> {
  requirePermission(actor, "label:write");
  const { sliceId, labelId, note } = input;
  return writeVersion(actor, input, async ({ current, prediction }, db) => {
    const earlier = await db.label.findFirst({ where: { id: labelId, sliceId } });
    if (!earlier) throw notFound({ code: "no-such-label" });
    if (earlier.id === current?.id) throw invalid("labelId", { code: "version-is-current" });
    const { labelClass } = earlier;
    if (labelClass === "WITHDRAWN") throw invalid("labelId", { code: "version-is-no-label" });
    return {
      labelClass,
      ...maskOnFile(earlier),
      act: "RESTORED",
      source: "HUMAN",
      modelId: null,
      reason: labelClass === "CANNOT_TELL" ? earlier.reason : null,
      note: note || null,
      restoredVersion: earlier.version,
      seenModelId: prediction?.modelId ?? null,
      seenPTumor: prediction?.pTumor ?? null,
      batchId: null,
    };
  });
}
