import type { Prisma } from "@/lib/platform/database";
import type { LabelView } from "./schema";

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
