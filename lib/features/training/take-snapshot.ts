import { z } from "zod";
import { type Transaction, transaction } from "@/lib/platform/database";
import { invalid } from "@/lib/platform/errors";
import type { Cohort, LabelClass, Split } from "@/lib/platform/generated/enums";
import { notifyChange } from "@/lib/platform/jobs";
import { labelledPatients } from "@/lib/science/training/labelled-patients";
import { type PatientToSplit, type Role, splitByPatient } from "@/lib/science/training/split-by-patient";
import { TrainingParameters } from "./schema";
import { seenByAncestors } from "./seen-by-ancestors";
import { snapshotHash } from "./snapshot-hash";

/**
 * Decides the order in which new patients are dealt; fixed, so that a patient's role depends on nothing else. This one
 * gives the three unseen patients of the six-patient sample a role each, so that a run can be tried on it.
 */
export const splitSeed = 4;

const splitOf: Record<Role, Split> = { train: "TRAIN", validation: "VALIDATION", test: "TEST" };
const roleOf: Record<Split, Role> = { TRAIN: "train", VALIDATION: "validation", TEST: "test" };

interface SliceRow {
  sliceId: string;
  studyId: string;
  pixelHash: string;
  patientId: string;
  hashedKey: string;
  site: string;
  split: Split | null;
  /** The current label; null without one. */
  labelId: string | null;
  version: number | null;
  labelClass: LabelClass | null;
  maskSha256: string | null;
}
type LabelledRow = SliceRow & { labelId: string; version: number; labelClass: LabelClass };

/**
 * Freezes what a run learns from: the current label of every slice that is stated to be tumor or no tumor, each
 * patient's split, and the other slices of the same studies, which are looked at as neighbours. Returns the snapshot's
 * id; a run that has one keeps it.
 *
 * Patients that an ancestor (the base, `parentId` and its parents) or the production model has seen are never in the
 * test set, so that candidate and production can be compared on it. A patient keeps the split of its first snapshot;
 * one that production's card names keeps the card's.
 *
 * `baseSeenPatients` holds hashed keys; `parentId` is the model whose weights the run goes on from, null for none.
 *
 * Throws `invalid` where no patient is there to train on or to validate with.
 */
export async function takeSnapshot(
  runId: string,
  baseSeenPatients: readonly string[],
  parentId: string | null = null,
): Promise<string> {
  return transaction(async (db) => {
    // Splits are given once: two runs must not deal the same patient at the same time.
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('take-snapshot', 0))`;
    const run = await db.trainingRun.findUniqueOrThrow({ where: { id: runId } });
    if (run.snapshotId) return run.snapshotId;

    const slices = await slicesInOrder(db, run.cohort);
    const rows = slices.filter(isLabelled);
    const production = await db.model.findFirst({ where: { state: "PRODUCTION" } });
    const patients = patientsOf(rows, {
      byAncestor: await seenByAncestors(db, {
        baseSeenPatients,
        baseSha256: TrainingParameters.parse(run.parameters).baseSha256 ?? null,
        parentId,
      }),
      byProduction: new Set(production?.seenPatients),
      roleByCard: assignedByCard(production?.card),
    });
    const { roles, notes } = splitByPatient(patients, splitSeed);

    const roleCounts = new Set(roles.values());
    if (!roleCounts.has("train") || !roleCounts.has("validation")) {
      throw invalid("cohort", notes.join(" "));
    }
    for (const role of ["train", "validation", "test"] as const) {
      const given = [...roles].filter(([, one]) => one === role).map(([patientId]) => patientId);
      await db.$executeRaw`
        UPDATE "Patient" SET "split" = ${splitOf[role]}::"Split"
        WHERE "id" = ANY (${given}::uuid[]) AND "split" IS NULL`;
    }
    const items = rows.flatMap((row) => {
      const role = roles.get(row.patientId);
      return role && role !== "left-out" ? [{ ...row, split: splitOf[role] }] : [];
    });
    const studyIds = new Set(items.map((item) => item.studyId));
    const context = slices.filter((slice) => studyIds.has(slice.studyId) && !isLabelled(slice));
    const snapshot = await db.snapshot.create({
      data: {
        cohort: run.cohort,
        hash: snapshotHash(items, context),
        contextSliceIds: context.map(({ sliceId }) => sliceId),
      },
    });
    // One statement for all rows: other runs wait meanwhile.
    await db.$executeRaw`
      INSERT INTO "SnapshotItem" ("snapshotId", "sliceId", "labelId", "patientId", "split")
      SELECT ${snapshot.id}::uuid, * FROM unnest(
        ${items.map((item) => item.sliceId)}::uuid[],
        ${items.map((item) => item.labelId)}::uuid[],
        ${items.map((item) => item.patientId)}::uuid[],
        ${items.map((item) => item.split)}::"Split"[])`;
    await db.trainingRun.update({ where: { id: runId }, data: { snapshotId: snapshot.id, notes } });
    await notifyChange(db, "run", runId);
    return snapshot.id;
  });
}

/**
 * All slices of a cohort with their current label, in the order of snapshots: by hashed key, study, position, whatever
 * the database's own order of letters is. One statement, so that no label falls between two.
 */
function slicesInOrder(db: Transaction, cohort: Cohort): Promise<SliceRow[]> {
  return db.$queryRaw<SliceRow[]>`
    SELECT s."id" AS "sliceId", s."studyId", s."pixelHash",
      l."id" AS "labelId", l."version", l."labelClass", l."maskSha256",
      pt."id" AS "patientId", pt."hashedKey", pt."site", pt."split"
    FROM "Slice" s
    JOIN "Study" t ON t."id" = s."studyId"
    JOIN "Patient" pt ON pt."id" = t."patientId"
    LEFT JOIN LATERAL (
      SELECT "id", "version", "labelClass", "maskSha256" FROM "Label"
      WHERE "sliceId" = s."id" ORDER BY "version" DESC LIMIT 1
    ) l ON true
    WHERE pt."cohort"::text = ${cohort}
    ORDER BY pt."hashedKey", t."key" COLLATE "C", s."position"`;
}

/** True where the current label says tumor or no tumor. */
function isLabelled(row: SliceRow): row is LabelledRow {
  return row.labelClass !== null && row.labelClass !== "CANNOT_TELL";
}

function patientsOf(
  rows: LabelledRow[],
  known: { byAncestor: Set<string>; byProduction: Set<string>; roleByCard: Map<string, Role> },
): PatientToSplit[] {
  const stated = rows.map((row) => ({
    ...row,
    truth: row.labelClass === "TUMOR" ? (1 as const) : (0 as const),
  }));
  return labelledPatients(stated).map(({ hashedKey, tumorShare, slices }) => {
    const { patientId, site, split } = slices[0]!;
    const assigned = split ? roleOf[split] : known.roleByCard.get(hashedKey);
    // A head is fitted from scratch, so production is no ancestor: its patients may train and validate, as they did.
    const barredByProduction =
      known.byProduction.has(hashedKey) && assigned !== "train" && assigned !== "validation";
    return {
      key: patientId,
      hashedKey,
      site,
      tumorShare,
      seenByAncestor: known.byAncestor.has(hashedKey) || barredByProduction,
      assigned,
    };
  });
}

const CardSplit = z
  .object({
    split: z.object({
      train: z.array(z.string()),
      validation: z.array(z.string()),
      test: z.array(z.string()),
    }),
  })
  .nullable()
  .catch(null);

/** A shipped model's card names its patients' roles; a fresh installation must not test on those it was fitted on. */
function assignedByCard(card: unknown): Map<string, Role> {
  const split = CardSplit.parse(card)?.split;
  const roles = new Map<string, Role>();
  for (const role of ["train", "validation", "test"] as const) {
    for (const hashedKey of split?.[role] ?? []) roles.set(hashedKey, role);
  }
  return roles;
}
