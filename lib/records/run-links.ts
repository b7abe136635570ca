import type { Prisma } from "@/lib/platform/database";

/** What lineage names a model by. */
export const modelLink = { id: true, number: true, state: true } satisfies Prisma.ModelSelect;

/** Of a snapshot's runs: what lineage names them and their models by, oldest first. */
export const runLinks = {
  orderBy: { number: "asc" },
  select: { id: true, number: true, model: { select: modelLink } },
} satisfies Prisma.Snapshot$runsArgs;
