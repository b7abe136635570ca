import { listBases } from "@/lib/features/bases/list-bases";
import type { BaseView } from "@/lib/features/bases/schema";
import { notFound } from "@/lib/platform/errors";
import { systemActor } from "@/lib/records/access";
import { CommandFailed } from "./command";

/** A base by its name or the beginning of its hash. Throws `not-found`, or `CommandFailed` where several fit. */
export async function findBaseByName(name: string): Promise<BaseView> {
  const bases = await listBases(systemActor);
  const isHash = /^[0-9a-f]{6,64}$/.test(name);
  const found = bases.filter((base) => base.name === name || (isHash && base.sha256.startsWith(name)));
  if (found.length === 0) throw notFound({ code: "no-such-base", name });
  if (found.length > 1)
    throw new CommandFailed(
      `Several base networks fit ${name}: ${found.map(({ sha256 }) => sha256.slice(0, 12)).join(", ")}`,
    );
  return found[0]!;
}
