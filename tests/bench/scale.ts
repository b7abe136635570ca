import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { ensureTestDatabase } from "../../bin/setup/test-database.mjs";
import { applyMigrations } from "../../lib/platform/migrate";
import type { BenchOptions, TextResult } from "./measure";
import { seedDatabase } from "./scale/seed";

const root = path.resolve(import.meta.dirname, "../..");
const migrations = path.join(root, "prisma/migrations");

/**
 * How long pages and saves wait on a database of `--slices N` made-up slices (10,000 where it is left out). The database
 * is made once and kept in `.test`; what a measurement changes it changes back, or the next run makes it again.
 * `--plans` also prints the statements of each row with the database's plan, `--only WORD` measures the rows with that word.
 */
export async function bench({ slices = "10000", plans, only }: BenchOptions): Promise<TextResult> {
  const count = Number(slices);
  if (!Number.isInteger(count) || count < 1_000) throw new Error("--slices takes a whole number from 1000");
  process.env.DATABASE_URL = await seededDatabase(count);
  process.env.SULCUS_DATA = path.join(root, ".test/scale-data");
  process.env.NEXTAUTH_SECRET ??= "only for a bench";
  // Loaded now: they read the environment.
  const { measureWaits } = await import("./scale/waits");
  return { name: "scale", lines: await measureWaits(count, { plans: plans === true, only }) };
}

async function seededDatabase(count: number): Promise<string> {
  const { url } = await ensureTestDatabase();
  const name = `scale_${count}_${fingerprint()}`;
  const address = new URL(url);
  address.pathname = `/${name}`;
  const server = new pg.Client({ connectionString: url });
  await server.connect();
  const { rows } = await server.query<{ datname: string }>("SELECT datname FROM pg_database");
  const names = rows.map((row) => row.datname);
  if (!names.includes(name)) {
    const unfinished = "scale_unfinished";
    for (const old of names.filter((one) => one === unfinished || one.startsWith(`scale_${count}_`)))
      await server.query(`DROP DATABASE "${old}" WITH (FORCE)`);
    await server.query(`CREATE DATABASE ${unfinished}`);
    const made = new URL(url);
    made.pathname = `/${unfinished}`;
    await applyMigrations(made.toString(), migrations);
    const client = new pg.Client({ connectionString: made.toString() });
    await client.connect();
    await seedDatabase(client, count, (text) => process.stderr.write(`  seeding: ${text}\n`));
    await client.end();
    await server.query(`ALTER DATABASE ${unfinished} RENAME TO "${name}"`);
  }
  await server.end();
  return address.toString();
}

/** Changes with the migrations and the seed: a database of another version is made again. */
function fingerprint(): string {
  const hash = createHash("sha256");
  hash.update(readFileSync(path.join(import.meta.dirname, "scale/seed.ts")));
  for (const entry of readdirSync(migrations, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  ))
    if (entry.isDirectory()) hash.update(readFileSync(path.join(migrations, entry.name, "migration.sql")));
  return hash.digest("hex").slice(0, 12);
}
