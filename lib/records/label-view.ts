import type { Prisma } from "@/lib/platform/database";
import type { LabelClass, LabelReason, LabelSource } from "@/lib/platform/generated/enums";

/** A version of a slice's label as readers see it. */
export interface LabelView {
  id: string;
  version: number;
  labelClass: LabelClass;
  source: LabelSource;
  areaPixels: number | null;
  hasMask: boolean;
  /** Null for imported labels. */
  authorName: string | null;
  /** Number of the model whose proposal was accepted. */
  modelNumber: number | null;
  reason: LabelReason | null;
  note: string | null;
  /** The version that this one brought back. */
  restoredVersion: number | null;
  createdAt: Date;
}

/** What a label's view needs beside its own row. */
export const labelInclude = {
  author: { select: { name: true } },
  model: { select: { number: true } },
} satisfies Prisma.LabelInclude;

/** A label as readers see it. */
export function viewLabel(label: Prisma.LabelGetPayload<{ include: typeof labelInclude }>): LabelView {
  return {
    id: label.id,
    version: label.version,
    labelClass: label.labelClass,
    source: label.source,
    areaPixels: label.areaPixels,
    hasMask: label.maskSha256 !== null,
    authorName: label.author?.name ?? null,
    modelNumber: label.model?.number ?? null,
    reason: label.reason,
    note: label.note,
    restoredVersion: label.restoredVersion,
    createdAt: label.createdAt,
  };
}
