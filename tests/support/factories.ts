import { createHash, randomUUID } from "node:crypto";
import { registerBase } from "@/lib/features/bases/register-base";
import type { BaseOutput } from "@/lib/features/bases/schema";
import { toBase64 } from "@/lib/features/labels/base64";
import { savePredictions } from "@/lib/features/predictions/save-predictions";
import { database, transaction } from "@/lib/platform/database";
import type { Cohort, ModelState, Role } from "@/lib/platform/generated/enums";
import { putObject } from "@/lib/platform/storage";
import type { Actor } from "@/lib/records/access";
import { hashPatientKey } from "@/lib/records/hash-patient-key";
import { encodeMask } from "@/lib/science/imaging/mask-rle";
import type { MetricsReport } from "@/lib/science/metrics/evaluate";

import { type FigureName, figureNames } from "@/lib/science/metrics/slice-statistics";

/** Records for tests, made in the real database. Everything not named is plain and valid. */

const anyHash = () => createHash("sha256").update(randomUUID()).digest("hex");

export async function makeActor(role: Role): Promise<Actor> {
  const email = `${role.toLowerCase()}-${randomUUID()}@test.example`;
  const user = await database().user.create({
    data: {
      email,
      name: `A ${role.toLowerCase()}`,
      role,
      passwordHash: "not a hash: nobody signs in with it",
    },
  });
  return { id: user.id, email, name: user.name, role };
}

export const maskSize = 8;

/** A mask of 8 x 8 pixels or another size with its first `area` pixels tumor, stored; its key. */
export async function storeMask(area: number, rows = maskSize, columns = maskSize): Promise<string> {
  return putObject(encodeMask(new Uint8Array(rows * columns).fill(1, 0, area), rows, columns));
}

/** A mask of 8 x 8 pixels or another size with tumor at `pixels`, as a browser sends it. */
export function drawnMask(pixels: number[], rows = maskSize, columns = maskSize): string {
  const mask = new Uint8Array(rows * columns);
  for (const pixel of pixels) mask[pixel] = 1;
  return toBase64(encodeMask(mask, rows, columns));
}

/**
 * A patient with one study of slices of 8 x 8 pixels or another size. `labels[i]` is slice i's imported label: tumor (true, with a mask of
 * 5 pixels), no tumor (false), or none (null).
 */
export async function makeStudy(
  patientKey: string,
  labels: (boolean | null)[],
  { cohort = "REAL" as Cohort, rows = maskSize, columns = maskSize } = {},
): Promise<{ patientId: string; studyId: string; sliceIds: string[] }> {
  const db = database();
  const patient = await db.patient.create({
    data: {
      key: patientKey,
      hashedKey: hashPatientKey(patientKey),
      site: patientKey.split("_")[1] ?? "",
      cohort,
    },
  });
  const study = await db.study.create({
    data: {
      patientId: patient.id,
      key: `${patientKey}_20000101`,
      windowLow: [0, 0, 0],
      windowHigh: [255, 255, 255],
    },
  });
  const maskSha256 = await storeMask(5, rows, columns);
  const sliceIds = [];
  for (const [index, tumor] of labels.entries()) {
    const slice = await db.slice.create({
      data: {
        studyId: study.id,
        position: index + 1,
        rows,
        columns,
        fileSha256: anyHash(),
        pixelHash: anyHash(),
        fileName: `${patientKey}_${index + 1}.tif`,
      },
    });
    if (tumor !== null) {
      await db.label.create({
        data: {
          sliceId: slice.id,
          version: 1,
          labelClass: tumor ? "TUMOR" : "NO_TUMOR",
          source: "IMPORTED",
          ...(tumor ? { maskSha256, areaPixels: 5 } : {}),
        },
      });
    }
    sliceIds.push(slice.id);
  }
  return { patientId: patient.id, studyId: study.id, sliceIds };
}

/** A base that gives what `outputs` says; its file is not stored. Returns its hash. */
export async function makeBase({
  seenPatients = [] as string[],
  outputs = ["features", "mask", "gap"] as BaseOutput[],
  name = "a base",
} = {}): Promise<string> {
  const base = { sha256: anyHash(), name, parentSha256: null, runId: null, seenPatients, outputs };
  return transaction((db) => registerBase(db, { ...base, card: { made: "for a test" } }));
}

export async function makeModel(
  state: ModelState,
  {
    cohort = "REAL" as Cohort,
    seenPatients = [] as string[],
    testPatients = [] as string[],
    parentId = null as string | null,
    baseSha256 = "",
    runId = null as string | null,
  } = {},
) {
  const last = await database().model.findFirst({ orderBy: { number: "desc" } });
  return database().model.create({
    data: {
      number: (last?.number ?? 0) + 1,
      artifactSha256: await putObject(new TextEncoder().encode(`a model's file ${randomUUID()}`)),
      baseSha256: baseSha256 || (await makeBase()),
      state,
      cohort,
      threshold: 0.5,
      temperature: 1,
      patients: {
        create: [
          ...seenPatients.map((hashedKey) => ({ hashedKey, split: "TRAIN" as const })),
          ...testPatients.map((hashedKey) => ({ hashedKey, split: "TEST" as const })),
        ],
      },
      parentId,
      runId,
      card: {},
    },
  });
}

/** An interval around a difference: `[value, low, high]`. */
type Difference = [value: number, low: number | null, high: number | null];

const figure = ([value, low, high]: Difference) => ({ value, low, high });

const eachFigure = (value: Difference) =>
  Object.fromEntries(figureNames.map((name) => [name, figure(value)])) as Record<
    FigureName,
    ReturnType<typeof figure>
  >;
const ofClass = { precision: 0.9, recall: 0.9, f1: 0.9, support: 100 };

/** Made-up figures of a model. */
export const someMetrics = {
  ...eachFigure([0.9, 0.85, 0.95]),
  patients: 10,
  slices: 200,
  tumorSlices: 100,
  threshold: 0.5,
  resamples: 2000,
  confusion: { tp: 90, fp: 10, tn: 90, fn: 10 },
  classification: { noTumor: ofClass, tumor: ofClass, macro: ofClass, weighted: ofClass },
  roc: [],
  precisionRecall: [],
  reliability: [],
  masks: null,
  perPatient: [],
} satisfies MetricsReport;

/** Two models' figures on the same made-up test patients, with their differences in AUC and sensitivity. */
export async function makeComparison(
  candidate: { id: string; cohort: Cohort },
  production: { id: string },
  { auc, sensitivity = auc, patients = 20 }: { auc: Difference; sensitivity?: Difference; patients?: number },
) {
  const db = database();
  const snapshot = await db.snapshot.create({ data: { hash: randomUUID(), cohort: candidate.cohort } });
  const counts = { snapshotId: snapshot.id, patients, slices: 20 * patients };
  const metrics = someMetrics;
  const partner = await db.evaluation.create({
    data: { ...counts, metrics, modelId: production.id, comparedWithId: candidate.id },
  });
  return db.evaluation.create({
    data: {
      ...counts,
      metrics,
      modelId: candidate.id,
      comparedWithId: production.id,
      partnerId: partner.id,
      differences: {
        ...eachFigure([0, null, null]),
        auc: figure(auc),
        sensitivity: figure(sensitivity),
      },
    },
  });
}

/** A run that this person (null: the command line) asked for, with a snapshot of the patients' labelled slices. */
export async function makeRun(
  requestedById: string | null,
  { testPatientIds = [] as string[], cohort = "REAL" as Cohort } = {},
) {
  const db = database();
  const snapshot = await db.snapshot.create({ data: { hash: randomUUID(), cohort } });
  const labels = await db.label.findMany({
    where: { slice: { study: { patientId: { in: testPatientIds } } } },
    include: { slice: { include: { study: true } } },
  });
  await db.snapshotItem.createMany({
    data: labels.map(({ id, sliceId, slice }, index) => ({
      snapshotId: snapshot.id,
      sliceId,
      labelId: id,
      patientId: slice.study.patientId,
      split: "TEST" as const,
      index,
    })),
  });
  return db.trainingRun.create({
    data: { parameters: {}, seed: 1, cohort, requestedById, snapshotId: snapshot.id },
  });
}

/** A model's predictions of slices: `[sliceId, P(tumor), pixels of the proposed mask]`, null where it proposes none. */
export async function makePredictions(
  model: { id: string; threshold: number },
  rows: [string, number, number | null][],
) {
  const predictions = await Promise.all(
    rows.map(async ([sliceId, pTumor, areaPixels]) => ({
      sliceId,
      pTumor,
      pTumorAlone: null,
      headSpread: null,
      areaPixels,
      maskSha256: areaPixels ? await storeMask(areaPixels) : null,
    })),
  );
  const slices = await database().slice.findMany({
    where: { id: { in: predictions.map(({ sliceId }) => sliceId) } },
    select: { id: true, studyId: true },
  });
  for (const studyId of new Set(slices.map((slice) => slice.studyId))) {
    const own = new Set(slices.filter((slice) => slice.studyId === studyId).map(({ id }) => id));
    await transaction((db) =>
      savePredictions(db, model, {
        studyId,
        predictions: predictions.filter(({ sliceId }) => own.has(sliceId)),
      }),
    );
  }
}

/** Removes every label, past the product's rules. */
export async function removeLabels(): Promise<void> {
  await transaction(async (db) => {
    await db.$executeRaw`SET LOCAL session_replication_role = replica`;
    await db.$executeRaw`UPDATE "Slice" SET "currentLabelId" = NULL`;
    await db.$executeRaw`DELETE FROM "Label"`;
    await db.$queryRaw`SELECT refresh_study_labels(ARRAY(SELECT "id" FROM "Study"))::text`;
  });
}

/** Empties every table that tests write to. */
export async function emptyDatabase(): Promise<void> {
  await transaction(async (db) => {
    // The product's tables refuse it: what is append-only cannot be truncated either.
    await db.$executeRaw`SET LOCAL session_replication_role = replica`;
    await db.$executeRaw`
      TRUNCATE "User", "RateLimit", "Patient", "Study", "Slice", "Label", "Draft", "Model", "Prediction", "Flag", "Import",
        "ImportedFile", "TrainingRun", "TrainingEpoch", "Snapshot", "SnapshotItem", "Evaluation", "EvaluationPatient",
        "ModelDecision", "Job", "Base" CASCADE`;
    await db.$executeRaw`UPDATE "Settings" SET "blindTestPatients" = true`;
  });
}
