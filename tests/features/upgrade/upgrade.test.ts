import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ImportPreview, ImportReport } from "@/lib/features/imports/schema";
import { StoredVerdict } from "@/lib/features/models/stored-verdict";
import { asWritten, StoredMessage } from "@/lib/platform/message";
import { applyMigrations } from "@/lib/platform/migrate";
import {
  Backend,
  Card,
  Clinical,
  Differences,
  Metrics,
  PhaseBeganAt,
  SecondsByPhase,
} from "@/lib/records/json-columns";
import { RunNotes } from "@/lib/records/run-notes";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { sayFigure, sayVerdict } from "@/lib/words/gate";
import { sayNotes } from "@/lib/words/notes";

/**
 * The upgrade of an installation of version 0.2.0 with work in it: twelve phantoms, labels of an import and of people,
 * drafts, five models, three runs, promotions, a rollback. Made by tests/support/make-upgrade-dump.ts.
 */
const migrations = path.resolve(import.meta.dirname, "../../../prisma/migrations");
type Row = Record<string, unknown>;
const dump = new Map<string, Row[]>(
  gunzipSync(readFileSync(path.join(import.meta.dirname, "from-0.2.0.jsonl.gz")))
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { table: string; rows: Row[] })
    .map(({ table, rows }) => [table, rows]),
);
const dumped = (table: string) => dump.get(table)!;
/** Of rows that belong together, the one with the highest value. */
const newest = (rows: Row[], by: string, value: string) => {
  const found = new Map<unknown, Row>();
  for (const row of rows)
    if (!found.has(row[by]) || (row[value] as number) > (found.get(row[by])![value] as number))
      found.set(row[by], row);
  return found;
};

let client: pg.Client;
let server: pg.Client;
let name: string;

beforeAll(async () => {
  server = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await server.connect();
  name = `test_${process.pid}_${randomUUID().slice(0, 8)}`;
  await server.query(`CREATE DATABASE "${name}"`);
  const url = new URL(process.env.DATABASE_URL!);
  url.pathname = `/${name}`;
  const applied = dumped("_prisma_migrations").map((row) => row.migration_name as string);
  const folder = mkdtempSync(path.join(tmpdir(), "sulcus-upgrade-"));
  for (const migration of applied)
    cpSync(path.join(migrations, migration), path.join(folder, migration), { recursive: true });
  await applyMigrations(url.toString(), folder);
  rmSync(folder, { recursive: true });

  client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  await client.query("SET session_replication_role = replica");
  for (const [table, rows] of dump) {
    if (table === "_prisma_migrations") continue;
    await client.query(
      `INSERT INTO "${table}" SELECT * FROM jsonb_populate_recordset(NULL::"${table}", $1)`,
      [JSON.stringify(rows)],
    );
  }
  await client.query("SET session_replication_role = DEFAULT");
  expect((await applyMigrations(url.toString(), migrations)).length).toBeGreaterThan(0);
  expect(readdirSync(migrations).filter((one) => applied.includes(one))).toEqual(applied.sort());
});

afterAll(async () => {
  await client.end();
  await server.query(`DROP DATABASE "${name}" WITH (FORCE)`);
  await server.end();
});

const rows = async <R extends object>(sql: string) => (await client.query<R>(sql)).rows;
/** A table's rows as they are now, with the columns that they had before. */
async function kept(table: string, leftOut: string[] = []) {
  const columns = Object.keys(dumped(table)[0]!).filter((column) => !leftOut.includes(column));
  const now = await rows<{ row: Row }>(`SELECT to_jsonb(t) AS row FROM "${table}" t`);
  const only = (row: Row) => Object.fromEntries(columns.map((column) => [column, row[column]]));
  const sorted = (all: Row[]) => all.map((row) => JSON.stringify(only(row))).sort();
  return [sorted(now.map(({ row }) => row)), sorted(dumped(table))] as const;
}

describe("an installation of 0.2.0 after the upgrade", () => {
  it.each([
    ["labels", "Label"],
    ["drafts", "Draft"],
    ["predictions", "Prediction"],
    ["users", "User"],
    ["patients", "Patient"],
    ["decisions on models", "ModelDecision"],
    ["steps", "TrainingStep"],
    ["epochs", "TrainingEpoch"],
    ["logs", "RunLogLine"],
    ["items of snapshots", "SnapshotItem"],
    ["figures by patient", "EvaluationPatient"],
    ["audit events", "AuditEvent"],
  ])("has every one of its %s as before", async (_, table) => {
    const [now, then] = await kept(table);
    expect(now).toEqual(then);
    expect(now.length).toBeGreaterThan(0);
  });

  it.each([
    ["studies", "Study", ["lowestConfidence", "flaggedSlices"]],
    ["slices", "Slice", []],
    ["models", "Model", ["seenPatients"]],
    ["bases", "Base", ["seenPatients"]],
    ["snapshots", "Snapshot", ["contextSliceIds"]],
    ["evaluations", "Evaluation", []],
    ["runs", "TrainingRun", ["notes"]],
    ["imports", "Import", ["error"]],
    ["files of imports", "ImportedFile", ["reason"]],
  ])("has its %s as before, but for what has a place of its own now", async (_, table, leftOut) => {
    const [now, then] = await kept(table, leftOut);
    expect(now).toEqual(then);
  });

  it.each([
    ["Evaluation", "metrics", Metrics],
    ["Evaluation", "differences", Differences.nullable()],
    ["Model", "card", Card],
    ["Base", "card", Card],
    ["Patient", "clinical", Clinical],
    ["TrainingRun", "parameters", TrainingParameters],
    ["TrainingRun", "backend", Backend],
    ["TrainingRun", "secondsByPhase", SecondsByPhase.nullable()],
    ["TrainingRun", "phaseBeganAt", PhaseBeganAt.nullable()],
    ["TrainingRun", "notes", RunNotes],
    ["ModelDecision", "verdict", StoredVerdict.nullable()],
    ["Import", "preview", ImportPreview.nullable()],
    ["Import", "report", ImportReport.nullable()],
    ["Job", "message", StoredMessage.nullable()],
    ["Job", "error", StoredMessage.nullable()],
  ])("%s.%s holds what this version reads", async (table, column, schema) => {
    const values = await rows<{ value: unknown }>(`SELECT "${column}" AS value FROM "${table}"`);
    for (const { value } of values) expect(() => schema.parse(value)).not.toThrow();
    expect(values.length).toBeGreaterThan(0);
  });

  it("shows what was said to people as it was written", async () => {
    const sentenceOf = (row: Row, of: string) => (row[of] === null ? null : asWritten(row[of] as string));
    for (const [table, column] of [
      ["Job", "message"],
      ["Job", "error"],
      ["Import", "error"],
      ["ImportedFile", "reason"],
    ] as const) {
      const now = await rows<Row>(`SELECT to_jsonb(t) AS row FROM "${table}" t`);
      const said = now.map(({ row }) => JSON.stringify((row as Row)[column]));
      expect(said.sort()).toEqual(
        dumped(table)
          .map((row) => JSON.stringify(sentenceOf(row, column)))
          .sort(),
      );
    }
    for (const { id, notes } of dumped("TrainingRun")) {
      const [run] = await rows<{ notes: unknown }>(`SELECT "notes" FROM "TrainingRun" WHERE "id" = '${id}'`);
      expect(sayNotes(RunNotes.parse(run!.notes))).toEqual([...new Set(notes as string[])]);
    }
  });

  it("shows what the gate said of a promotion as it was written", async () => {
    const decided = dumped("ModelDecision").filter(({ verdict }) => verdict !== null);
    expect(decided.length).toBeGreaterThan(0);
    for (const { id, verdict } of decided) {
      const before = verdict as { sentence: string; figures: { sentence: string }[] };
      const [row] = await rows<{ verdict: unknown }>(
        `SELECT "verdict" FROM "ModelDecision" WHERE "id" = '${id}'`,
      );
      const now = StoredVerdict.parse(row!.verdict);
      expect(sayVerdict(now.says)).toBe(before.sentence);
      expect(now.figures.map(({ says }) => sayFigure(says))).toEqual(
        before.figures.map(({ sentence }) => sentence),
      );
    }
  });

  it("knows the current label of every slice", async () => {
    const current = newest(dumped("Label"), "sliceId", "version");
    const slices = await rows<{ id: string; currentLabelId: string | null }>(
      `SELECT "id", "currentLabelId" FROM "Slice"`,
    );
    for (const { id, currentLabelId } of slices) expect(currentLabelId).toBe(current.get(id)?.id ?? null);
  });

  it("counts each study's labels", async () => {
    const current = newest(dumped("Label"), "sliceId", "version");
    const studies = await rows<Row>(`SELECT * FROM "Study"`);
    for (const study of studies) {
      const slices = dumped("Slice")
        .filter(({ studyId }) => studyId === study.id)
        .sort((a, b) => (a.position as number) - (b.position as number));
      const labels = slices.map(({ id }) => current.get(id));
      const bits = (is: (label: Row) => boolean) =>
        labels.map((label) => (label && is(label) ? "1" : "0")).join("");
      expect(study).toMatchObject({
        sliceCount: slices.length,
        labelledSlices: labels.filter((label) => label).length,
        tumorSlices: labels.filter((label) => label?.labelClass === "TUMOR").length,
        correctedSlices: labels.filter((label) => label && label.source !== "IMPORTED").length,
        statedBits: bits(({ labelClass }) => labelClass !== "CANNOT_TELL"),
        tumorBits: bits(({ labelClass }) => labelClass === "TUMOR"),
      });
    }
  });

  it("shows the same flags under the model in production, and those that are new", async () => {
    const production = dumped("Model").find(({ state }) => state === "PRODUCTION")!;
    const flags = await rows<Row>(
      `SELECT "sliceId", "reason" FROM "Flag" WHERE "modelId" = '${production.id}'`,
    );
    const named = (all: Row[]) => all.map(({ sliceId, reason }) => `${sliceId} ${reason}`).sort();
    const isUndecided = (sliceId: unknown) => {
      const labels = dumped("Label").filter((label) => label.sliceId === sliceId);
      return labels.every(({ source }) => source === "IMPORTED");
    };
    const undecided = dumped("Prediction").filter(
      ({ modelId, sliceId }) => modelId === production.id && isUndecided(sliceId),
    );
    const isTumor = (pTumor: unknown) => (pTumor as number) >= (production.threshold as number);
    const neighboursDisagree = undecided
      .filter(({ pTumor, pTumorAlone }) => pTumorAlone !== null && isTumor(pTumorAlone) !== isTumor(pTumor))
      .map(({ sliceId }) => ({ sliceId, reason: "NEIGHBOURS_DISAGREE" }));
    expect(neighboursDisagree.length).toBeGreaterThan(0);
    expect(named(flags)).toEqual(named([...dumped("Flag"), ...neighboursDisagree]));

    const studies = await rows<Row>(`SELECT * FROM "StudyPrediction" WHERE "modelId" = '${production.id}'`);
    expect(studies).toHaveLength(dumped("Study").length);
    const studyOf = new Map(dumped("Slice").map(({ id, studyId }) => [id, studyId]));
    for (const { studyId, flaggedSlices, lowestConfidence } of studies) {
      const flagged = flags.filter(({ sliceId }) => studyOf.get(sliceId) === studyId);
      expect(flaggedSlices).toBe(new Set(flagged.map(({ sliceId }) => sliceId)).size);
      const open = undecided.filter(({ sliceId }) => studyOf.get(sliceId) === studyId);
      expect(lowestConfidence).toBe(
        open.length > 0 ? Math.min(...open.map(({ confidence }) => confidence as number)) : null,
      );
    }
  });

  it("reads blind the patients whom the model in production names test patients", async () => {
    expect(await rows(`SELECT "blindTestPatients" FROM "Settings"`)).toEqual([{ blindTestPatients: true }]);
  });

  it("has flags and counts for every other model that has predicted", async () => {
    const predicting = new Set(dumped("Prediction").map(({ modelId }) => modelId));
    const models = await rows<{ modelId: string; slices: number }>(
      `SELECT "modelId", sum("predictedSlices")::int AS slices FROM "StudyPrediction" GROUP BY 1`,
    );
    expect(new Set(models.map(({ modelId }) => modelId))).toEqual(predicting);
    for (const { modelId, slices } of models)
      expect(slices).toBe(dumped("Prediction").filter((row) => row.modelId === modelId).length);
  });

  it("knows which patients each model and base has seen, and each model's own splits", async () => {
    for (const { id, seenPatients, card } of dumped("Model")) {
      const own = await rows<{ hashedKey: string; split: string | null }>(
        `SELECT "hashedKey", "split" FROM "ModelPatient" WHERE "modelId" = '${id}'`,
      );
      const seen = own.filter(({ split }) => split !== "TEST").map(({ hashedKey }) => hashedKey);
      expect(seen.sort()).toEqual([...(seenPatients as string[])].sort());
      const { split } = card as { split?: Record<"train" | "validation" | "test", string[]> };
      const of = (wanted: string) =>
        own
          .filter((row) => row.split === wanted)
          .map(({ hashedKey }) => hashedKey)
          .sort();
      expect(of("TRAIN")).toEqual([...(split?.train ?? [])].sort());
      expect(of("VALIDATION")).toEqual([...(split?.validation ?? [])].sort());
      expect(of("TEST")).toEqual([...(split?.test ?? [])].sort());
    }
    for (const { sha256, seenPatients } of dumped("Base")) {
      const own = await rows<{ hashedKey: string }>(
        `SELECT "hashedKey" FROM "BaseSeenPatient" WHERE "baseSha256" = '${sha256}'`,
      );
      expect(own.map(({ hashedKey }) => hashedKey).sort()).toEqual([...(seenPatients as string[])].sort());
    }
  });

  it("names the partner of every comparison", async () => {
    const compared = await rows<Row>(`
      SELECT e."comparedWithId", p."modelId" AS "partner", e."patients" = p."patients" AND e."slices" = p."slices" AS "same"
      FROM "Evaluation" e LEFT JOIN "Evaluation" p ON p."id" = e."partnerId" WHERE e."differences" IS NOT NULL`);
    expect(compared.length).toBeGreaterThan(0);
    for (const { comparedWithId, partner, same } of compared)
      expect([partner, same]).toEqual([comparedWithId, true]);
  });

  it("puts every snapshot's slices in the order that its hash was computed in", async () => {
    const snapshots = await rows<{ id: string; places: number; slices: number }>(`
      SELECT n."id", count(DISTINCT i."index")::int AS "places", count(*)::int AS "slices"
      FROM "Snapshot" n JOIN "SnapshotItem" i ON i."snapshotId" = n."id" GROUP BY 1`);
    expect(snapshots).toHaveLength(dumped("Snapshot").length);
    for (const { places, slices } of snapshots) expect(places).toBe(slices);
    const hashes = await rows<{ same: boolean }>(`
      SELECT encode(sha256(convert_to(string_agg(concat_ws(' ', i."sliceId", s."pixelHash", i."labelId", l."version",
          l."labelClass", coalesce(l."maskSha256", 'none'), i."split") || chr(10), '' ORDER BY i."index"), 'UTF8')), 'hex') = n."hash" AS "same"
      FROM "Snapshot" n JOIN "SnapshotItem" i ON i."snapshotId" = n."id"
      JOIN "Slice" s ON s."id" = i."sliceId" JOIN "Label" l ON l."id" = i."labelId"
      WHERE NOT EXISTS (SELECT FROM "SnapshotContext" c WHERE c."snapshotId" = n."id") GROUP BY n."id", n."hash"`);
    expect(hashes).toEqual(snapshots.map(() => ({ same: true })));
  });
});
