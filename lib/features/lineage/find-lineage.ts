import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, requirePermission } from "@/lib/records/access";
import { modelLink } from "@/lib/records/run-links";
import type { ModelLineage, ModelLink } from "../snapshots/schema";
import { shareLabels } from "../snapshots/share-labels";

/** Where a model comes from and what came of it, both ways. Throws `not-found`. */
export async function findLineage(actor: Actor, { modelId }: { modelId: string }): Promise<ModelLineage> {
  requirePermission(actor, "model:read");
  const model = await database().model.findUnique({
    where: { id: modelId },
    include: {
      run: { select: { snapshot: { select: { id: true, hash: true, createdAt: true } } } },
      children: { select: modelLink, orderBy: { number: "asc" } },
      _count: { select: { labels: true } },
    },
  });
  if (!model) throw notFound({ code: "no-such-model" });
  const snapshot = model.run?.snapshot ?? null;
  const [labels, ancestors, learnedFromIt] = await Promise.all([
    snapshot ? shareLabels(snapshot.id) : [],
    ancestorsOf(modelId),
    database().model.findMany({
      where: { run: { snapshot: { items: { some: { label: { modelId } } } } } },
      orderBy: { number: "asc" },
      select: modelLink,
    }),
  ]);
  return {
    snapshot,
    labels,
    ancestors,
    descendants: model.children,
    acceptedLabels: model._count.labels,
    learnedFromIt,
  };
}

function ancestorsOf(modelId: string): Promise<ModelLink[]> {
  return database().$queryRaw<ModelLink[]>`
    WITH RECURSIVE "chain" AS (
      SELECT "parentId", 1 AS "distance" FROM "Model" WHERE "id" = ${modelId}::uuid
      UNION ALL
      SELECT m."parentId", c."distance" + 1 FROM "chain" c JOIN "Model" m ON m."id" = c."parentId"
    )
    SELECT m."id", m."number", m."state" FROM "chain" c JOIN "Model" m ON m."id" = c."parentId"
    ORDER BY c."distance"`;
}
