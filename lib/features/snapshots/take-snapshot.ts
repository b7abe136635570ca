import { type Transaction, transaction } from "@/lib/platform/database";
import { invalid } from "@/lib/platform/errors";
import { Prisma } from "@/lib/platform/generated/client";
import type { Cohort, Split } from "@/lib/platform/generated/enums";
import { notifyChange } from "@/lib/platform/jobs";
import type { RunNote } from "@/lib/records/run-notes";
import { servingModel } from "@/lib/records/serving-model";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { drawPatients } from "@/lib/science/training/draw-patients";
import { type PatientToSplit, type Role, splitByPatient } from "@/lib/science/training/split-by-patient";

import { seenByAncestors } from "./seen-by-ancestors";
import { type FrozenContext, type FrozenItem, snapshotHash } from "./snapshot-hash";
import { unhashedRows } from "./snapshot-lines";

/**
 * Decides the order in which new patients are given a split; fixed, so that a patient's split depends on nothing else.
 * This one gives the three unseen patients of the six-patient sample a split each, so that a run can be tried on it.
 */
export const splitSeed = 4;

const splitOf: Record<Role, Split> = { train: "TRAIN", validation: "VALIDATION", test: "TEST" };
const roleOf: Record<Split, Role> = { TRAIN: "train", VALIDATION: "validation", TEST: "test" };

/** A snapshot of a million slices takes some minutes. */
const timeoutMs = 15 * 60_000;

/**
 * Freezes what a run learns from: the current label of every slice that is stated to be tumor or no tumor, each
 * patient's split, and the other slices of the same studies, which are read as neighbours. Returns the snapshot's
 * id; a run that has one keeps it.
 *
 * Patients that an ancestor (the base, `parentId` and its parents) or the production model has seen are never in the
 * test set, so that candidate and production can be compared on it. A patient keeps the split of its first snapshot;
 * one that the production model names keeps that model's.
 *
 * Beyond `maxSlices` labelled slices (a parameter of the run) whole patients are drawn, to learn from and to test on;
 * the run's notes say so. Patients with corrections come first among those to learn from, not among those to test on.
 *
 * `baseSeenPatients` holds hashed keys; `parentId` is the model whose weights the run continues, null for none.
 * The rows never leave the database but a batch at a time, to be hashed.
 *
 * Throws `invalid` where no patient is there to train on or to validate with.
 */
export async function takeSnapshot(
  runId: string,
  baseSeenPatients: readonly string[],
  parentId: string | null = null,
): Promise<string> {
  return transaction(
    async (db) => {
      // Splits are given once: two runs must not give one to the same patient at the same time.
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('take-snapshot', 0))`;
      const run = await db.trainingRun.findUniqueOrThrow({ where: { id: runId } });
      if (run.snapshotId) return run.snapshotId;

      const parameters = TrainingParameters.parse(run.parameters);
      await listCurrentLabels(db, run.cohort);
      const labelled = await labelledPatients(db);
      const { roles, notes } = splitByPatient(
        await withHistory(db, labelled, { baseSeenPatients, parentId, parameters }),
        splitSeed,
      );
      const given = new Set(roles.values());
      if (!given.has("train") || !given.has("validation"))
        throw invalid("cohort", { code: "no-split", notes });
      await keepSplits(db, roles);

      const drawn = drawForRun(labelled, roles, { maxSlices: parameters.maxSlices, seed: run.seed });
      await freezeRows(db, drawn.roles);
      const hash = await snapshotHash(
        unhashedRows<FrozenItem & { index: number }>(db, Prisma.sql`"frozen_items"`),
        unhashedRows<FrozenContext & { index: number }>(db, Prisma.sql`"frozen_context"`),
      );
      const snapshot = await db.snapshot.create({ data: { cohort: run.cohort, hash } });
      await db.$executeRaw`
        INSERT INTO "SnapshotItem" ("snapshotId", "sliceId", "labelId", "patientId", "split", "index")
        SELECT ${snapshot.id}::uuid, "sliceId", "labelId", "patientId", "split", "index" FROM "frozen_items"`;
      await db.$executeRaw`
        INSERT INTO "SnapshotContext" ("snapshotId", "index", "sliceId")
        SELECT ${snapshot.id}::uuid, "index", "sliceId" FROM "frozen_context"`;
      await db.$queryRaw`SELECT count_snapshot(${snapshot.id}::uuid)::text`;
      await db.trainingRun.update({
        where: { id: runId },
        data: { snapshotId: snapshot.id, notes: [...notes, ...drawn.notes] satisfies RunNote[] },
      });
      await notifyChange(db, "run", runId);
      return snapshot.id;
    },
    { timeoutMs },
  );
}

/** Lists every slice of a cohort with its current label, for this transaction. One statement: no label is seen half. */
async function listCurrentLabels(db: Transaction, cohort: Cohort): Promise<void> {
  await db.$executeRaw`
    CREATE TEMP TABLE "current_labels" ON COMMIT DROP AS
    SELECT s."id" AS "sliceId", s."studyId", s."position", s."pixelHash", t."key" AS "studyKey",
      t."patientId", pt."hashedKey", l."id" AS "labelId", l."version", l."labelClass", l."maskSha256", l."source",
      coalesce(l."labelClass" <> 'CANNOT_TELL', false) AS "stated"
    FROM "Slice" s
    JOIN "Study" t ON t."id" = s."studyId"
    JOIN "Patient" pt ON pt."id" = t."patientId"
    LEFT JOIN "Label" l ON l."id" = s."currentLabelId"
    WHERE pt."cohort"::text = ${cohort}`;
  await db.$executeRaw`ANALYZE "current_labels"`;
}

interface LabelledPatient {
  id: string;
  hashedKey: string;
  site: string;
  split: Split | null;
  slices: number;
  tumorSlices: number;
  corrected: boolean;
}

/** The patients with a slice that is stated to be tumor or no tumor, ordered by hashed key. */
function labelledPatients(db: Transaction): Promise<LabelledPatient[]> {
  return db.$queryRaw`
    SELECT pt."id", pt."hashedKey", pt."site", pt."split", c."slices", c."tumorSlices", c."corrected"
    FROM (
      SELECT "patientId", count(*)::int AS "slices",
        count(*) FILTER (WHERE "labelClass" = 'TUMOR')::int AS "tumorSlices",
        bool_or("source" <> 'IMPORTED') AS "corrected"
      FROM "current_labels" WHERE "stated" GROUP BY "patientId"
    ) c JOIN "Patient" pt ON pt."id" = c."patientId"
    ORDER BY pt."hashedKey" COLLATE "C"`;
}

/** Patients with what decides their split: who has seen them, and the split they have. */
async function withHistory(
  db: Transaction,
  patients: LabelledPatient[],
  start: { baseSeenPatients: readonly string[]; parentId: string | null; parameters: TrainingParameters },
): Promise<PatientToSplit[]> {
  const seen = await seenByAncestors(db, {
    baseSeenPatients: start.baseSeenPatients,
    baseSha256: start.parameters.baseSha256 ?? null,
    parentId: start.parentId,
  });
  const production = await servingModel(db);
  const known = production ? await db.modelPatient.findMany({ where: { modelId: production.id } }) : [];
  const byProduction = new Map(known.map(({ hashedKey, split }) => [hashedKey, split]));
  return patients.map(({ id, hashedKey, site, split, slices, tumorSlices }) => {
    const ofProduction = byProduction.get(hashedKey);
    const assigned = split ?? ofProduction ?? undefined;
    // A head is fitted from scratch, so production is no ancestor: its patients may train and validate, as they did.
    const isBarredByProduction =
      ofProduction !== undefined &&
      ofProduction !== "TEST" &&
      assigned !== "TRAIN" &&
      assigned !== "VALIDATION";
    return {
      key: id,
      hashedKey,
      site,
      tumorShare: tumorSlices / slices,
      seenByAncestor: seen.has(hashedKey) || isBarredByProduction,
      ...(assigned && { assigned: roleOf[assigned] }),
    };
  });
}

/** Writes the split of patients who have none yet. A patient never changes to another split. */
async function keepSplits(db: Transaction, roles: ReadonlyMap<string, Role | "left-out">): Promise<void> {
  for (const role of ["train", "validation", "test"] as const) {
    const given = [...roles].filter(([, one]) => one === role).map(([patientId]) => patientId);
    await db.$executeRaw`
      UPDATE "Patient" SET "split" = ${splitOf[role]}::"Split"
      WHERE "id" = ANY (${given}::uuid[]) AND "split" IS NULL`;
  }
}

/** The patients that a run uses: all of them, or a draw where they have more than `maxSlices` slices. */
function drawForRun(
  patients: readonly LabelledPatient[],
  roles: ReadonlyMap<string, Role | "left-out">,
  { maxSlices, seed }: { maxSlices: number; seed: number },
): { roles: Map<string, Role>; notes: RunNote[] } {
  const used = new Map<string, Role>();
  const notes: RunNote[] = [];
  const parts = [
    { code: "drawn-to-learn-from", wanted: ["train", "validation"], correctedFirst: true },
    { code: "drawn-to-test-on", wanted: ["test"], correctedFirst: false },
  ] as const;
  for (const { code, wanted, correctedFirst } of parts) {
    const own = patients.filter(({ id }) => (wanted as readonly string[]).includes(roles.get(id) ?? ""));
    const drawn = drawPatients(own, { maxSlices, seed, correctedFirst });
    for (const { id, hashedKey } of own) if (drawn.has(hashedKey)) used.set(id, roles.get(id) as Role);
    if (drawn.size < own.length) notes.push({ code, drawn: drawn.size, patients: own.length, maxSlices });
  }
  return { roles: used, notes };
}

/** Puts the snapshot's rows in order, labelled slices first, in tables of this transaction. */
async function freezeRows(db: Transaction, roles: ReadonlyMap<string, Role>): Promise<void> {
  const patients = [...roles];
  await db.$executeRaw`
    CREATE TEMP TABLE "frozen_items" ON COMMIT DROP AS
    SELECT (row_number() OVER (ORDER BY c."hashedKey" COLLATE "C", c."studyKey" COLLATE "C", c."position") - 1)::int AS "index",
      c."sliceId", c."studyId", c."pixelHash", c."labelId", c."version", c."labelClass", c."maskSha256", c."patientId", r."split"
    FROM "current_labels" c
    JOIN unnest(
      ${patients.map(([id]) => id)}::uuid[], ${patients.map(([, role]) => splitOf[role])}::"Split"[]
    ) AS r("patientId", "split") ON r."patientId" = c."patientId"
    WHERE c."stated"`;
  await db.$executeRaw`
    CREATE TEMP TABLE "frozen_context" ON COMMIT DROP AS
    SELECT ((SELECT count(*) FROM "frozen_items") + row_number() OVER (
        ORDER BY c."hashedKey" COLLATE "C", c."studyKey" COLLATE "C", c."position"
      ) - 1)::int AS "index", c."sliceId", c."pixelHash"
    FROM "current_labels" c
    WHERE NOT c."stated" AND c."studyId" IN (SELECT "studyId" FROM "frozen_items")`;
  await db.$executeRaw`CREATE UNIQUE INDEX ON "frozen_items" ("index")`;
  await db.$executeRaw`CREATE UNIQUE INDEX ON "frozen_context" ("index")`;
}
