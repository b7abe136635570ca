import type { Transaction } from "@/lib/platform/database";
import { invalid } from "@/lib/platform/errors";
import { type Actor, slicesReadableBy } from "@/lib/records/access";
import { type Origin, originOf } from "@/lib/records/label-view";
import type { MaskOf } from "./mask-on-file";
import type { MaskSource } from "./schema";

/** Which of several origins a mask has that was made from all of them: the one that matters most for a figure. */
const weights = ["PERSON", "IMPORT", null, "MODEL"] as const;

/**
 * What a drawn mask stems from. A mask made from several has one origin, the first of these that it has: a model,
 * unknown, an import, a person. Reports must know of a model. `sources` is left out where it is not known.
 *
 * Throws `invalid` for a label outside the actor's scope and a model that does not exist.
 */
export async function resolveOrigin(
  db: Transaction,
  actor: Actor,
  sources: readonly MaskSource[] | undefined,
): Promise<Pick<MaskOf, "maskOrigin" | "maskModelId">> {
  if (!sources) return { maskOrigin: null, maskModelId: null };
  const labelIds = sources.flatMap((source) => (source.kind === "label" ? source.labelId : []));
  const modelIds = sources.flatMap((source) => (source.kind === "proposal" ? source.modelId : []));
  const labels =
    labelIds.length === 0
      ? []
      : await db.label.findMany({ where: { id: { in: labelIds }, slice: slicesReadableBy(actor) } });
  if (labels.length < new Set(labelIds).size) throw invalid("drawnFrom", { code: "no-such-label" });
  const models =
    modelIds.length === 0
      ? []
      : await db.model.findMany({ where: { id: { in: modelIds } }, select: { id: true } });
  if (models.length < new Set(modelIds).size) throw invalid("drawnFrom", { code: "no-such-model" });

  const origins: Origin[] = [
    { kind: "PERSON", modelId: null },
    // Nothing of a drawing stems from an empty mask.
    ...labels.filter(({ areaPixels }) => areaPixels).map(originOf),
    ...models.map(({ id }): Origin => ({ kind: "MODEL", modelId: id })),
  ];
  const weight = ({ kind }: Origin) => weights.indexOf(kind);
  const { kind, modelId } = origins.reduce((one, other) => (weight(other) > weight(one) ? other : one));
  return { maskOrigin: kind, maskModelId: modelId };
}
