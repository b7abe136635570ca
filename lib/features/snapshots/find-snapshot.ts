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
  if (!snapshot) throw notFound({ code: "no-such-snapshot" });
  const [split, labels, totals, since, { patients, readable }] = await Promise.all([
    countSplit(snapshotId),
    shareLabels(snapshotId),
    countTotals(snapshotId),
    countSince(snapshot),
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
    morePatients: readable - patients.length,
    hiddenPatients: split.reduce((sum, part) => sum + part.patients, 0) - readable,
  };
}

async function countTotals(snapshotId: string) {
  const { _sum, _max } = await database().snapshotPatient.aggregate({
    where: { snapshotId },
    _sum: { studies: true, slices: true },
    _max: { newestLabelAt: true },
  });
  return {
    studies: _sum.studies ?? 0,
    labelledSlices: _sum.slices ?? 0,
    newestLabelAt: _max.newestLabelAt,
  };
}

/**
 * Slices whose current label is another one than the snapshot's. Only labels from about its time on are looked at: an
 * hour before it, since a label may have been under way while it was taken. The time is a value, so that the database
 * knows how few they are.
 */
async function countSince({
  id,
  createdAt,
}: {
  id: string;
  createdAt: Date;
}): Promise<SnapshotView["since"]> {
  const from = new Date(createdAt.getTime() - 60 * 60_000);
  const [since] = await database().$queryRaw<SnapshotView["since"][]>`
    SELECT
      count(*) FILTER (WHERE i."labelId" <> n."id")::int AS "changed",
      count(*) FILTER (WHERE l."labelClass" <> n."labelClass")::int AS "changedClass",
      count(*) FILTER (WHERE c."sliceId" IS NOT NULL AND n."labelClass" IN ('TUMOR', 'NO_TUMOR'))::int AS "contextLabelled"
    FROM "Label" n
    JOIN "Slice" s ON s."id" = n."sliceId" AND s."labelVersion" = n."version"
    LEFT JOIN "SnapshotItem" i ON i."snapshotId" = ${id}::uuid AND i."sliceId" = s."id"
    LEFT JOIN "Label" l ON l."id" = i."labelId"
    LEFT JOIN "SnapshotContext" c ON c."snapshotId" = ${id}::uuid AND c."sliceId" = s."id"
    WHERE n."createdAt" > ${from}`;
  return since!;
}

/** Patients that are named; a large snapshot counts the others. */
const namedPatients = 500;

async function readablePatients(actor: Actor, snapshotId: string) {
  const where = { snapshotId, patient: patientsReadableBy(actor) };
  const [rows, readable] = await Promise.all([
    database().snapshotPatient.findMany({
      where,
      orderBy: { patient: { key: "asc" } },
      take: namedPatients,
      include: { patient: { select: { id: true, key: true } } },
    }),
    database().snapshotPatient.count({ where }),
  ]);
  const patients = rows.map(
    ({ patient, split, slices, tumorSlices }): SnapshotPatient => ({
      ...patient,
      split,
      slices,
      tumorSlices,
    }),
  );
  return { patients, readable };
}
