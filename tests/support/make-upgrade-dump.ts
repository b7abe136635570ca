import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import pg from "pg";

/**
 * Writes every row of an installation's database into a file from which the upgrade test starts: one line a table, as
 * JSON, gzipped, with the migrations that had been applied. Run on the version before, with some work in it:
 * `DATABASE_URL=... node --import tsx tests/support/make-upgrade-dump.ts FILE`.
 */
const [file] = process.argv.slice(2);
if (!file) throw new Error("Name the file to write");
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
const { rows: tables } = await client.query<{ name: string }>(
  `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
);
const lines: string[] = [];
for (const { name } of tables) {
  if (name === "WorkerProcess") continue;
  const { rows } = await client.query<{ row: Record<string, unknown> }>(
    `SELECT to_jsonb(t) AS row FROM "${name}" t ORDER BY t.ctid`,
  );
  lines.push(JSON.stringify({ table: name, rows: rows.map(({ row }) => withoutMachine(name, row)) }));
}
await client.end();
writeFileSync(file, gzipSync(`${lines.join("\n")}\n`, { level: 9 }));

/** The file is published: it names no machine, no path on one, and no password's hash. */
function withoutMachine(table: string, row: Record<string, unknown>): Record<string, unknown> {
  if (table === "User") return { ...row, passwordHash: "-" };
  if (table === "Import") return { ...row, path: "/data/demo" };
  if (table === "Job") return { ...row, workerId: null };
  return row.worker ? { ...row, worker: "a machine, process 1" } : row;
}
