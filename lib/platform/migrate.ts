import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { openPool } from "./pool";

/** Why the database was left as it is, in words for an operator. */
export class MigrationRefused extends Error {
  name = "MigrationRefused";
}

type Migration = { name: string; sql: string };
type AppliedMigration = { name: string; checksum: string; finished: boolean };

/** The number Prisma itself locks, so that `prisma migrate deploy` and this wait for each other. */
const prismaLock = 72707369;

const createTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies the migrations in `folder` (`<name>/migration.sql`, in the order of their names) that the database lacks,
 * each in a transaction of its own, and returns the names of those applied. Safe to run twice and at once: starters
 * wait for one another. Keeps Prisma's table and checksums, so `prisma migrate` can go on from here, without
 * needing Prisma's engine.
 *
 * Throws `MigrationRefused`, nothing changed, when the database is newer than this version, when an applied
 * migration differs from the file, when one failed half-way in another tool, or when the database is not ours;
 * and when a migration fails, with its name (the earlier ones stay).
 */
export async function applyMigrations(databaseUrl: string, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [prismaLock]);
    const applied = await readApplied(client);
    refuseWhatDiffers(migrations, applied);

    const pending = migrations.filter(({ name }) => !applied.some((row) => row.name === name));
    if (pending.length > 0) await client.query(createTable);
    for (const migration of pending) await applyOne(client, migration);
    await migrateQueue(databaseUrl);
    return pending.map(({ name }) => name);
  } finally {
    await client.end(); // gives the lock back too
  }
}

/**
 * Names of the migrations in `folder` that the database lacks; changes nothing. Throws `MigrationRefused` as
 * `applyMigrations` does.
 */
export async function pendingMigrations(databaseUrl: string, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const applied = await readApplied(client);
    refuseWhatDiffers(migrations, applied);
    return migrations.filter(({ name }) => !applied.some((row) => row.name === name)).map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/**
 * The queue's own tables, while the lock is held: jobs are enqueued from SQL before any worker has started.
 * On a pool of ours, because the library does not wait until one of its own is closed.
 */
async function migrateQueue(databaseUrl: string) {
  const { pool, close } = openPool(databaseUrl, 1);
  try {
    await runMigrations({ pgPool: pool });
  } finally {
    await close();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, sql: await readFile(path.join(folder, name, "migration.sql"), "utf8") })),
  );
}

async function readApplied(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()",
  );
  if (tables.some(({ name }) => name === "_prisma_migrations")) {
    const { rows } = await client.query<AppliedMigration>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
         FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
    );
    return rows;
  }
  if (tables.length > 0)
    throw new MigrationRefused(
      `The database holds ${tables.length} tables that are not Sulcus' (${tables[0]?.name}, ...). Give it a database of its own in DATABASE_URL.`,
    );
  return [];
}

function refuseWhatDiffers(migrations: Migration[], applied: AppliedMigration[]) {
  for (const row of applied) {
    const migration = migrations.find(({ name }) => name === row.name);
    if (!migration)
      throw new MigrationRefused(
        `The database is newer than this version of Sulcus: it has the migration ${row.name}, which is not known here. Start the version that made it, or restore a backup.`,
      );
    if (!row.finished)
      throw new MigrationRefused(
        `The migration ${row.name} failed half-way in another tool. Settle it with \`npx prisma migrate resolve\`, or restore a backup.`,
      );
    if (!checksums(migration.sql).includes(row.checksum))
      throw new MigrationRefused(
        `The migration ${row.name} has changed since it was applied to this database. Put prisma/migrations/${row.name} back as it was; changes belong in a new migration.`,
      );
  }
}

async function applyOne(client: pg.Client, { name, sql }: Migration) {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum(sql), name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationRefused(`The migration ${name} failed and was rolled back: ${reason}`, {
      cause: error,
    });
  }
}

/** A checkout may have rewritten the line ends; Prisma overlooks that too. */
function checksums(sql: string) {
  const unix = sql.replaceAll("\r\n", "\n");
  return [sql, unix, unix.replaceAll("\n", "\r\n")].map(checksum);
}

function checksum(sql: string) {
  return createHash("sha256").update(sql).digest("hex");
}
