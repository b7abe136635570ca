import { recordAudit } from "@/lib/platform/audit";
import { database, transaction } from "@/lib/platform/database";
import { conflict, invalid } from "@/lib/platform/errors";
import { putObject } from "@/lib/platform/storage";
import { type Actor, requirePermission } from "@/lib/records/access";
import { registerBase } from "./register-base";
import type { BaseOutput } from "./schema";

export interface ImportBase {
  name: string;
  /** The safetensors file, checked by the caller. */
  file: Uint8Array;
  /** SHA-256 of `file`. */
  sha256: string;
  outputs: readonly BaseOutput[];
  /** Hashed keys of every patient it has seen; empty where somebody vouches that there are none. */
  seenPatients: readonly string[];
  card: Record<string, unknown>;
}

/**
 * Stores a base that comes from elsewhere and enters it into the registry.
 *
 * Throws `forbidden` without `model:promote`; `invalid` for an empty or long name; `conflict` where the same file or
 * another base of this name is there already.
 */
export async function importBase(actor: Actor, base: ImportBase): Promise<void> {
  await refuseKnownBase(actor, base);
  const { file, ...entry } = base;
  const stored = await putObject(file);
  if (stored !== base.sha256) throw new Error("the base's file and its hash do not fit");
  await transaction(async (db) => {
    await registerBase(db, { ...entry, parentSha256: null, runId: null });
    await recordAudit(db, actor, "base.imported", base.sha256, {
      name: base.name,
      outputs: [...base.outputs],
      seenPatients: base.seenPatients.length,
    });
  });
}

/** What `importBase` refuses, told before the long checks of a file. Throws as it does. */
export async function refuseKnownBase(
  actor: Actor,
  { name, sha256 }: Pick<ImportBase, "name" | "sha256">,
): Promise<void> {
  requirePermission(actor, "model:promote");
  if (!/^\S.{0,98}\S$|^\S$/u.test(name)) throw invalid("name", { code: "base-name-length" });
  const known = await database().base.findFirst({ where: { OR: [{ sha256 }, { name }] } });
  if (known?.sha256 === sha256) throw conflict({ code: "base-known", name: known.name });
  if (known) throw conflict({ code: "base-name-taken", name });
}
