import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/errors";
import { type Actor, patientsReadableBy, requirePermission } from "@/lib/records/access";
import { modelLink, runLinks } from "@/lib/records/run-links";
import { countSplit } from "./count-split";
import type { SnapshotPatient, SnapshotView } from "./schema";
import { shareLabels } from "./share-labels";

/**
 * What a run learned from: hash, split, patients, labels by who stated them, what has changed since, and the runs and
 * models it went into. Patients outside the actor's scope are counted and not named. Throws `not-found`.
 */
export async function findSnapshot(
  actor: Actor,
  { snapshotId }: { snapshotId: string },
): Promise<SnapshotView> {
  requirePermission(actor, "model:read");
  const snapshot = await database().snapshot.findUnique({
    where: { id: snapshotId },
    include: {
      runs: runLinks,
      evaluations: { select: { model: { select: modelLink } }, orderBy: { model: { number: "asc" } } },
      _count: { select: { context: true } },
    },
  });
  if (!snapshot) throw notFound("snapshot");
  const [split, labels, totals, since, patients] = await Promise.all([
    countSplit(snapshotId),
    shareLabels(snapshotId),
    countTotals(snapshotId),
    countSince(snapshotId),
    readablePatients(actor, snapshotId),
  ]);
  const { id, hash, cohort, createdAt, runs, _count } = snapshot;
  const evaluated = new Map(snapshot.evaluations.map(({ model }) => [model.id, model]));
  return {
    id,
    hash,
    cohort,
    createdAt,
    split,
    ...totals,
    contextSlices: _count.context,
    labels,
    since,
    runs,
    evaluated: [...evaluated.values()],
    patients,
    hiddenPatients: split.reduce((sum, part) => sum + part.patients, 0) - patients.length,
  };
}

async function countTotals(snapshotId: string) {
  const [totals] = await database().$queryRaw<
    Pick<SnapshotView, "studies" | "labelledSlices" | "newestLabelAt">[]
  >`
    SELECT count(DISTINCT s."studyId")::int AS "studies", count(*)::int AS "labelledSlices",
      max(l."createdAt") AS "newestLabelAt"
    FROM "SnapshotItem" i
    JOIN "Slice" s ON s."id" = i."sliceId"
    JOIN "Label" l ON l."id" = i."labelId"
    WHERE i."snapshotId" = ${snapshotId}::uuid`;
  return totals!;
}

/** By version, not by time: a label may have been under way while the snapshot was taken. */
async function countSince(snapshotId: string): Promise<SnapshotView["since"]> {
  const [since] = await database().$queryRaw<SnapshotView["since"][]>`
    SELECT
      count(*) FILTER (WHERE i."labelId" IS NOT NULL AND n."id" <> i."labelId")::int AS "changed",
      count(*) FILTER (WHERE n."labelClass" <> l."labelClass")::int AS "changedClass",
      count(*) FILTER (WHERE i."labelId" IS NULL AND n."labelClass" <> 'CANNOT_TELL')::int AS "contextLabelled"
    FROM (
      SELECT "sliceId", "labelId" FROM "SnapshotItem" WHERE "snapshotId" = ${snapshotId}::uuid
      UNION ALL
      SELECT "sliceId", NULL FROM "SnapshotContext" WHERE "snapshotId" = ${snapshotId}::uuid
    ) i
    LEFT JOIN "Label" l ON l."id" = i."labelId"
    JOIN "Slice" s ON s."id" = i."sliceId"
    JOIN "Label" n ON n."id" = s."currentLabelId"`;
  return since!;
}

async function readablePatients(actor: Actor, snapshotId: string): Promise<SnapshotPatient[]> {
  const readable = await database().patient.findMany({
    where: { AND: [{ snapshotItems: { some: { snapshotId } } }, patientsReadableBy(actor)] },
    select: { id: true, key: true },
    orderBy: { key: "asc" },
  });
  const counts = await database().$queryRaw<Omit<SnapshotPatient, "key">[]>`
    SELECT i."patientId" AS "id", i."split", count(*)::int AS "slices",
      count(*) FILTER (WHERE l."labelClass" = 'TUMOR')::int AS "tumorSlices"
    FROM "SnapshotItem" i JOIN "Label" l ON l."id" = i."labelId"
    WHERE i."snapshotId" = ${snapshotId}::uuid
    GROUP BY i."patientId", i."split"`;
  const byPatient = new Map(counts.map((count) => [count.id, count]));
  return readable.map((patient) => ({ ...byPatient.get(patient.id)!, ...patient }));
}
