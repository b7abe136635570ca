import type { Prisma } from "@/lib/platform/database";
import type {
  LabelAct,
  LabelClass,
  LabelReason,
  LabelSource,
  MaskOrigin,
} from "@/lib/platform/generated/enums";

/** What a mask began as. Editing does not change it. */
export interface MaskOriginView {
  kind: MaskOrigin;
  /** Of the model that proposed it; null for any other. */
  modelNumber: number | null;
}

/** A version of a slice's label as readers see it. */
export interface LabelView {
  id: string;
  version: number;
  labelClass: LabelClass;
  source: LabelSource;
  /** How its author came to it; null for imports and for labels of versions before 0.3. */
  act: LabelAct | null;
  areaPixels: number | null;
  /** Equal masks have equal hashes; null without a mask. */
  maskSha256: string | null;
  /** Null without a mask, and where an earlier version did not record it. */
  maskOrigin: MaskOriginView | null;
  /** Null for imported labels. */
  authorName: string | null;
  /** Number of the model whose proposal was accepted. */
  modelNumber: number | null;
  reason: LabelReason | null;
  note: string | null;
  /** The version that this one brought back. */
  restoredVersion: number | null;
  /** Who took the version before back, where this one does that. */
  undoneByName: string | null;
  createdAt: Date;
}

/** What a label's view needs beside its own row. */
export const labelInclude = {
  author: { select: { name: true } },
  undoneBy: { select: { name: true } },
  model: { select: { number: true } },
  maskModel: { select: { number: true } },
} satisfies Prisma.LabelInclude;

type LabelRow = Prisma.LabelGetPayload<{ include: typeof labelInclude }>;

/** A label as readers see it. */
export function viewLabel(label: LabelRow): LabelView {
  return {
    id: label.id,
    version: label.version,
    labelClass: label.labelClass,
    source: label.source,
    act: label.act,
    areaPixels: label.areaPixels,
    maskSha256: label.maskSha256,
    maskOrigin: viewOrigin(label),
    authorName: label.author?.name ?? null,
    modelNumber: label.model?.number ?? null,
    reason: label.reason,
    note: label.note,
    restoredVersion: label.restoredVersion,
    undoneByName: label.undoneBy?.name ?? null,
    createdAt: label.createdAt,
  };
}

function viewOrigin(label: LabelRow): MaskOriginView | null {
  const { kind, modelId } = originOf(label);
  if (!kind) return null;
  const number = modelId === label.maskModelId ? label.maskModel?.number : label.model?.number;
  return { kind, modelNumber: kind === "MODEL" ? (number ?? null) : null };
}

/** What a label's mask stems from; `kind` is null without a mask, and where nobody can tell any more. */
export interface Origin {
  kind: MaskOrigin | null;
  /** With `MODEL` alone. */
  modelId: string | null;
}

/**
 * What a label's mask stems from. Of labels of versions before 0.3 it is known where the mask was imported or is a
 * model's as it was proposed; a mask that a person saved then may have begun as any.
 */
export function originOf(
  label: Pick<LabelRow, "maskSha256" | "maskOrigin" | "maskModelId" | "source" | "modelId">,
): Origin {
  if (!label.maskSha256) return { kind: null, modelId: null };
  if (label.maskOrigin) return { kind: label.maskOrigin, modelId: label.maskModelId };
  if (label.source === "IMPORTED") return { kind: "IMPORT", modelId: null };
  return label.modelId ? { kind: "MODEL", modelId: label.modelId } : { kind: null, modelId: null };
}
