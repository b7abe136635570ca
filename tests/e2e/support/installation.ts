import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import pg from "pg";
import { typescriptCommand, typescriptEnv } from "../../../bin/setup/typescript-command.mjs";

/** The installation under test: named in SULCUS_DATA, or the one that `npm start` makes. */

const root = path.resolve(import.meta.dirname, "../../..");
const dataFolder = path.resolve(root, process.env.SULCUS_DATA || ".data");

export type Role = "READER" | "REVIEWER" | "ADMIN";
export interface Account {
  email: string;
  password: string;
}

/** The demo's account of a role. */
export function demoAccount(role: Role): Account {
  const { accounts } = readJson("demo-accounts.json") as { accounts: (Account & { role: Role })[] };
  const account = accounts.find((one) => one.role === role);
  if (!account) throw new Error(`The demo has no ${role}`);
  return account;
}

/** Rows as the database has them, to hold what pages say against. */
export async function query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const { databaseUrl } = readJson("run.json") as { databaseUrl: string };
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** The only row of a query that must have one. */
export async function queryOne<Row extends object>(sql: string, values: unknown[] = []): Promise<Row> {
  const rows = await query<Row>(sql, values);
  if (rows.length !== 1) throw new Error(`${rows.length} rows, one was expected: ${sql}`);
  return rows[0]!;
}

/** A model by its id and the number that people use. */
export interface Numbered {
  id: string;
  number: number;
}

export const productionModel = () =>
  queryOne<Numbered>(`SELECT "id", "number" FROM "Model" WHERE "state" = 'PRODUCTION'`);

/** What a command of the command line prints with `--json`. */
export async function sulcus(...args: string[]): Promise<unknown> {
  return run(process.execPath, [path.join(root, "bin/sulcus.mjs"), ...args, "--json"]);
}

/** Imports an archive as made-up images; ends when its slices are there, before they are predicted. */
export async function importPhantoms(archive: Buffer): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "sulcus-e2e-"));
  try {
    const file = path.join(folder, "archive.zip");
    await writeFile(file, archive);
    const { command, args } = typescriptCommand("tests/support/import-phantoms.ts", [file]);
    await run(command, args);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Ends when so many slices of the study have a prediction of the production model. */
export async function untilPredicted(studyKey: string, slices: number): Promise<void> {
  const predicted = () =>
    queryOne<{ count: number }>(
      `SELECT count(*)::int FROM "Prediction" p JOIN "Slice" s ON s."id" = p."sliceId"
       JOIN "Study" t ON t."id" = s."studyId" JOIN "Model" m ON m."id" = p."modelId" AND m."state" = 'PRODUCTION'
       WHERE t."key" = $1`,
      [studyKey],
    );
  await expect.poll(async () => (await predicted()).count, { timeout: 120_000 }).toBe(slices);
}

async function run(command: string, args: string[]): Promise<unknown> {
  const env = { ...process.env, ...typescriptEnv, SULCUS_DATA: dataFolder };
  const running = promisify(execFile)(command, args, { cwd: root, env });
  // Commands that read a password wait for the end of their input.
  running.child.stdin?.end();
  const { stdout } = await running;
  return JSON.parse(stdout);
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(path.join(dataFolder, name), "utf8"));
}

/**
 * Kills the web process, does `work` while the server is down, and lets the product's own supervisor start it again:
 * until then the supervisor is held, so that the work has the time it needs.
 */
export async function whileServerIsDown(baseURL: string, work: () => Promise<void>): Promise<void> {
  const { pid: supervisor } = readJson("run.json") as { pid: number };
  process.kill(supervisor, "SIGSTOP");
  try {
    process.kill(await webProcess(supervisor), "SIGKILL");
    await work();
  } finally {
    process.kill(supervisor, "SIGCONT");
  }
  const alive = () =>
    fetch(new URL("/api/health/live", baseURL)).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let second = 0; second < 60 && !(await alive()); second++) await sleep(1000);
  if (!(await alive())) throw new Error("The supervisor has not started the web process again");
}

async function webProcess(supervisor: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  const children = stdout.split("\n").map((line) => line.trim().split(/\s+/));
  const web = children.find(
    ([, parent, ...args]) => Number(parent) === supervisor && /\bnext\b|next-server/.test(args.join(" ")),
  );
  if (!web) throw new Error("The installation has no web process");
  return Number(web[0]);
}
