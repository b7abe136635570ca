import type { Prisma } from "@/lib/platform/database";
import { Card } from "@/lib/records/json-columns";
import { type BaseView, baseOutputs } from "./schema";

/** What a base's row needs beside itself. */
export const baseInclude = {
  parent: { select: { sha256: true, name: true } },
  run: { select: { id: true, number: true } },
  _count: { select: { models: true, seenPatients: true } },
  models: { where: { state: "PRODUCTION" }, select: { id: true } },
} satisfies Prisma.BaseInclude;

export function viewBase(base: Prisma.BaseGetPayload<{ include: typeof baseInclude }>): BaseView {
  const { sha256, name, parent, run, outputs, createdAt } = base;
  return {
    sha256,
    name,
    parent,
    run,
    seenPatients: base._count.seenPatients,
    outputs: baseOutputs.filter((output) => outputs.includes(output)),
    card: Card.parse(base.card),
    models: base._count.models,
    inProduction: base.models.length > 0,
    createdAt,
  };
}
