import type { Transaction } from "@/lib/platform/database";

/** A base that is run in int8 says so on its card; every other one is run in float32. */
const isInt8 = { card: { path: ["precision"], equals: "int8" } } as const;

/**
 * The form of a base that computes in `precision`: itself, its int8 form, or the float32 base that it was made of. Null
 * where it has no such form. Throws where the base is not in the registry.
 */
export async function baseAtPrecision(
  db: Pick<Transaction, "base">,
  sha256: string,
  precision: "f32" | "int8",
): Promise<string | null> {
  const base = await db.base.findUniqueOrThrow({ where: { sha256 } });
  const own = (await db.base.count({ where: { sha256, ...isInt8 } })) === 1 ? "int8" : "f32";
  if (own === precision) return sha256;
  if (precision === "f32") return base.parentSha256;
  const form = await db.base.findFirst({
    where: { parentSha256: sha256, ...isInt8 },
    orderBy: { createdAt: "desc" },
    select: { sha256: true },
  });
  return form?.sha256 ?? null;
}
