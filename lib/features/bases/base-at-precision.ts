import type { Transaction } from "@/lib/platform/database";
import type { Precision } from "@/lib/platform/generated/enums";

/**
 * The form of a base that computes in `precision`: itself, its int8 form, or the float32 base that it was made of. Null
 * where it has no such form. Throws where the base is not in the registry.
 */
export async function baseAtPrecision(
  db: Pick<Transaction, "base">,
  sha256: string,
  precision: Precision,
): Promise<string | null> {
  const base = await db.base.findUniqueOrThrow({ where: { sha256 } });
  if (base.precision === precision) return sha256;
  if (precision === "F32") return base.parentSha256;
  const form = await db.base.findFirst({
    where: { parentSha256: sha256, precision: "INT8" },
    orderBy: { createdAt: "desc" },
    select: { sha256: true },
  });
  return form?.sha256 ?? null;
}
