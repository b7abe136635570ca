import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { applyMigrations, MigrationRefused } from "@/lib/platform/migrate";

const productMigrations = path.resolve(import.meta.dirname, "../../../prisma/migrations");
const copying = { recursive: true };
/** What is said of a base of which only the hash is known. */
const unknown = { outputs: ["features"], card: {} };
const id = (number: number) => `00000000-0000-7000-8000-00000000000${number}`;
let server: pg.Client;
let databaseName: string;
let databaseUrl: string;
let folder: string;

beforeEach(async () => {
  databaseName = `test_${process.pid}_${randomUUID().slice(0, 8)}`;
  server = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await server.connect();
  await server.query(`CREATE DATABASE "${databaseName}"`);
  const url = new URL(process.env.DATABASE_URL!);
  url.pathname = `/${databaseName}`;
  databaseUrl = url.toString();
  folder = mkdtempSync(path.join(tmpdir(), "sulcus-migrations-"));
});

afterEach(async () => {
  await server.query(`DROP DATABASE "${databaseName}" WITH (FORCE)`);
  await server.end();
  rmSync(folder, { recursive: true });
});

async function writeMigration(name: string, sql: string) {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, "migration.sql"), sql);
}

async function applyAllBefore(migration: string) {
  for (const name of readdirSync(productMigrations).sort()) {
    if (name < migration) await cp(path.join(productMigrations, name), path.join(folder, name), copying);
  }
  await applyMigrations(databaseUrl, folder);
}

async function applyThis(migration: string) {
  await cp(path.join(productMigrations, migration), path.join(folder, migration), copying);
  expect(await applyMigrations(databaseUrl, folder)).toEqual([migration]);
}

async function query<T>(text: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}

describe("applying migrations", () => {
  test("applies what is missing, in order of name, and nothing the second time", async () => {
    await writeMigration("2_second", "ALTER TABLE one ADD COLUMN two int;");
    await writeMigration("1_first", "CREATE TABLE one (id int);");

    expect(await applyMigrations(databaseUrl, folder)).toEqual(["1_first", "2_second"]);
    expect(await applyMigrations(databaseUrl, folder)).toEqual([]);

    await writeMigration("3_third", "ALTER TABLE one ADD COLUMN three int;");
    expect(await applyMigrations(databaseUrl, folder)).toEqual(["3_third"]);
  });

  test("two starters at once apply each migration once", async () => {
    await writeMigration("1_first", "CREATE TABLE one (id int); SELECT pg_sleep(0.2);");

    const results = await Promise.all([1, 2, 3].map(() => applyMigrations(databaseUrl, folder)));

    expect(results.map((names) => names.length).sort()).toEqual([0, 0, 1]);
  });

  test("a failing migration leaves nothing of itself behind and names itself", async () => {
    await writeMigration("1_first", "CREATE TABLE one (id int);");
    await writeMigration("2_broken", "CREATE TABLE two (id int); SELECT * FROM nowhere;");

    await expect(applyMigrations(databaseUrl, folder)).rejects.toThrow(
      /2_broken failed.*"nowhere" does not exist/,
    );

    const tables = await query<{ name: string | null }>("SELECT to_regclass('two') AS name");
    expect(tables[0]?.name).toBeNull();
    await writeMigration("2_broken", "CREATE TABLE two (id int);");
    expect(await applyMigrations(databaseUrl, folder)).toEqual(["2_broken"]);
  });

  test("a migration changed after it was applied is refused, changed line ends are not", async () => {
    await writeMigration("1_first", "CREATE TABLE one (id int);\nSELECT 1;\n");
    await applyMigrations(databaseUrl, folder);

    await writeMigration("1_first", "CREATE TABLE one (id int);\r\nSELECT 1;\r\n");
    expect(await applyMigrations(databaseUrl, folder)).toEqual([]);

    await writeMigration("1_first", "CREATE TABLE one (id bigint);\n");
    await expect(applyMigrations(databaseUrl, folder)).rejects.toThrow(/1_first has changed since/);
  });

  test("a database from a newer version is refused", async () => {
    await writeMigration("1_first", "CREATE TABLE one (id int);");
    await writeMigration("2_future", "CREATE TABLE two (id int);");
    await applyMigrations(databaseUrl, folder);
    rmSync(path.join(folder, "2_future"), { recursive: true });

    await expect(applyMigrations(databaseUrl, folder)).rejects.toThrow(/newer than this version.*2_future/);
  });

  test("a migration left half-way by another tool is refused", async () => {
    await writeMigration("1_first", "CREATE TABLE one (id int);");
    await applyMigrations(databaseUrl, folder);
    await query("UPDATE _prisma_migrations SET finished_at = NULL");

    await expect(applyMigrations(databaseUrl, folder)).rejects.toThrow(/1_first failed half-way/);
  });

  test("somebody else's database is left alone", async () => {
    await query("CREATE TABLE invoices (id int)");
    await writeMigration("1_first", "CREATE TABLE one (id int);");

    await expect(applyMigrations(databaseUrl, folder)).rejects.toThrow(MigrationRefused);
    const tables = await query<{ name: string | null }>("SELECT to_regclass('one') AS name");
    expect(tables[0]?.name).toBeNull();
  });

  test("the product's own migrations apply to an empty database", async () => {
    expect((await applyMigrations(databaseUrl, productMigrations)).length).toBeGreaterThan(0);
  });

  test("labels from before drawing keep what was said of them, as a note", async () => {
    const drawing = "20261124100000_drawing";
    await applyAllBefore(drawing);
    await query(`
      INSERT INTO "User" ("id", "email", "name", "role", "passwordHash")
        VALUES ('${id(1)}', 'reader@test.example', 'A reader', 'READER', 'none');
      INSERT INTO "Patient" ("id", "key", "hashedKey", "cohort") VALUES ('${id(2)}', 'P', 'hash', 'REAL');
      INSERT INTO "Study" ("id", "patientId", "key") VALUES ('${id(3)}', '${id(2)}', 'S');
      INSERT INTO "Slice" ("id", "studyId", "position", "rows", "columns", "fileSha256", "pixelHash", "fileName")
        VALUES ('${id(4)}', '${id(3)}', 1, 8, 8, 'x', 'y', 'z.tif');
      INSERT INTO "Label" ("id", "sliceId", "version", "labelClass", "source", "authorId", "reason") VALUES
        ('${id(5)}', '${id(4)}', 1, 'NO_TUMOR', 'IMPORTED', NULL, NULL),
        ('${id(6)}', '${id(4)}', 2, 'CANNOT_TELL', 'HUMAN', '${id(1)}', 'Motion, and no FLAIR');`);

    await applyThis(drawing);
    const fresh = { reason: null, restoredVersion: null, saveId: null };
    expect(
      await query(`SELECT "note", "reason", "restoredVersion", "saveId" FROM "Label" ORDER BY "version"`),
    ).toEqual([
      { note: null, ...fresh },
      { note: "Motion, and no FLAIR", ...fresh },
    ]);
    await expect(query(`UPDATE "Label" SET "note" = 'x'`)).rejects.toThrow(/append-only/);
  });

  test("models from before bases get one each, which has seen no fewer patients and is completed once", async () => {
    const bases = "20261125130000_bases";
    await applyAllBefore(bases);
    const [first, second] = ["a".repeat(64), "b".repeat(64)];
    const model = (number: number, base: string, seen: string) =>
      `('${id(number)}', ${number}, 'artifact ${number}', '${base}', 'RETIRED', 'REAL', 0.5, 1, '${seen}', '{}')`;
    await query(`
      INSERT INTO "Model" ("id", "number", "artifactSha256", "baseSha256", "state", "cohort", "threshold", "temperature",
        "seenPatients", "card") VALUES
        ${model(1, first, "{p1,p2}")}, ${model(2, first, "{p2,p3}")}, ${model(3, second, "{}")}`);

    await applyThis(bases);
    expect(
      await query(`SELECT "sha256", "name", "seenPatients", "outputs", "card" FROM "Base" ORDER BY "sha256"`),
    ).toEqual([
      { sha256: first, name: "base aaaaaaaaaaaa", seenPatients: ["p1", "p2", "p3"], ...unknown },
      { sha256: second, name: "base bbbbbbbbbbbb", seenPatients: [], ...unknown },
    ]);
    const complete = (card: string, more = "") =>
      query(`UPDATE "Base" SET "name" = 'known', "card" = '${card}' ${more} WHERE "sha256" = '${first}'`);
    await expect(complete("{}")).rejects.toThrow(/append-only/);
    await expect(complete('{"a": 1}', `, "createdAt" = now()`)).rejects.toThrow(/append-only/);
    await complete('{"a": 1}');
    await expect(complete('{"a": 2}')).rejects.toThrow(/append-only/);
    await expect(query(`DELETE FROM "Base"`)).rejects.toThrow(/append-only/);
  });

  test("promotions and rejections from before the gate are known from the audit trail, so that a rollback has where to go", async () => {
    const gate = "20261125110000_gate";
    await applyAllBefore(gate);
    const model = (number: number, state: string) =>
      `('${id(number)}', ${number}, 'artifact ${number}', 'base', '${state}', 'REAL', 0.5, 1, '{}')`;
    const event = (order: number, action: string, subject: string, detail = "{}", actor = "NULL") =>
      `('2026-11-0${order}', ${actor}, 'someone', '${action}', '${subject}', '${detail}', '${order - 1}', '${order}')`;
    await query(`
      INSERT INTO "User" ("id", "email", "name", "role", "passwordHash")
        VALUES ('${id(9)}', 'admin@test.example', 'An admin', 'ADMIN', 'none');
      INSERT INTO "Model" ("id", "number", "artifactSha256", "baseSha256", "state", "cohort", "threshold", "temperature", "card")
        VALUES ${model(1, "RETIRED")}, ${model(2, "PRODUCTION")}, ${model(3, "REJECTED")};
      INSERT INTO "AuditEvent" ("at", "actorId", "actorEmail", "action", "subjectId", "detail", "previousHash", "hash") VALUES
        ${event(1, "model.promoted", id(1))},
        ${event(2, "label.saved", id(1))},
        ${event(3, "model.rejected", id(3), '{"reason": "wrong labels"}', `'${id(9)}'`)},
        ${event(4, "model.promoted", id(2), "{}", `'${id(8)}'`)};`);

    await cp(path.join(productMigrations, gate), path.join(folder, gate), copying);
    expect(await applyMigrations(databaseUrl, folder)).toEqual([gate]);
    const decisions = await query(
      `SELECT "kind", "modelId", "previousModelId", "decidedById", "reason" FROM "ModelDecision" ORDER BY "createdAt"`,
    );
    const plain = { previousModelId: null, decidedById: null, reason: null };
    expect(decisions).toEqual([
      { ...plain, kind: "PROMOTED", modelId: id(1) },
      { ...plain, kind: "REJECTED", modelId: id(3), decidedById: id(9), reason: "wrong labels" },
      { ...plain, kind: "PROMOTED", modelId: id(2), previousModelId: id(1) },
    ]);
  });
});
