import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { ensureTestDatabase, testFolder } from "../../bin/setup/test-database.mjs";
import { applyMigrations } from "../../lib/platform/migrate";

/**
 * Set-up of each test file that needs a database: a fresh, migrated one on a real Postgres, named to the code under
 * test in DATABASE_URL, and a data folder of its own in SULCUS_DATA. The server (`.test/`) is shared by all files and
 * goes on running afterwards, so that a single file starts at once; `npm test` stops it at its end. Databases and
 * folders of finished test processes are cleared away by the next one.
 */
const root = path.resolve(import.meta.dirname, "../..");
const migrations = path.join(root, "prisma/migrations");
const dataFolders = path.join(testFolder, "data");

const { url } = await ensureTestDatabase();
const database = `test_${process.pid}_${randomUUID().slice(0, 8)}`;
await makeDatabase(database);

process.env.DATABASE_URL = urlOf(database);
process.env.SULCUS_DATA = path.join(dataFolders, database);
process.env.NEXTAUTH_SECRET = randomUUID();
process.env.NEXTAUTH_URL = "http://localhost:3000";

async function makeDatabase(name: string) {
  const template = `template_${hashOfMigrations()}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(7465737473)"); // one at a time: a template in use cannot be copied
    const { rows } = await client.query<{ datname: string }>("SELECT datname FROM pg_database");
    const names = rows.map((row) => row.datname);
    for (const old of names.filter((name) => isAbandoned(name) || isOutdated(name, template))) {
      await client.query(`DROP DATABASE "${old}" WITH (FORCE)`);
      rmSync(path.join(dataFolders, old), { recursive: true, force: true });
    }
    if (!names.includes(template)) {
      await client.query("CREATE DATABASE template_unfinished");
      await applyMigrations(urlOf("template_unfinished"), migrations);
      await client.query(`ALTER DATABASE template_unfinished RENAME TO "${template}"`);
    }
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  } finally {
    await client.end();
  }
}

function hashOfMigrations() {
  const hash = createHash("sha256");
  for (const entry of readdirSync(migrations, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  ))
    if (entry.isDirectory())
      hash.update(entry.name).update(readFileSync(path.join(migrations, entry.name, "migration.sql")));
  return hash.digest("hex").slice(0, 16);
}

function isOutdated(name: string, template: string) {
  return name.startsWith("template_") && name !== template;
}

function isAbandoned(name: string) {
  const pid = /^test_(\d+)_/.exec(name)?.[1];
  if (!pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function urlOf(name: string) {
  const result = new URL(url);
  result.pathname = `/${name}`;
  return result.toString();
}
