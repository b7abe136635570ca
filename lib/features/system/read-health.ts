import { createHash } from "node:crypto";
import { readFile, stat, statfs } from "node:fs/promises";
import { baseAtPrecision } from "@/lib/features/bases/base-at-precision";
import { database } from "@/lib/platform/database";
import { env } from "@/lib/platform/env";
import { StoredMessage } from "@/lib/platform/message";
import { MigrationRefused, pendingMigrations } from "@/lib/platform/migrate";
import { dataFolder, objectPath } from "@/lib/platform/storage";
import { type Actor, requirePermission } from "@/lib/records/access";
import { servingModelId } from "@/lib/records/serving-model";
import { judgeInstallation, judgeNoDatabase } from "./judge-installation";
import { judgeMachine } from "./judge-machine";
import {
  Capabilities,
  type Finding,
  type FindingState,
  findingStates,
  type InstallationFacts,
} from "./schema";

const dayMs = 24 * 60 * 60 * 1_000;

/** How the system is: the installation, and of each machine on which a worker has examined it. */
export interface Health {
  worst: FindingState;
  findings: Finding[];
  machines: { workerId: string; host: string; pid: number; examinedAt: string | null; findings: Finding[] }[];
}

/**
 * Examines the installation and gathers what its workers found on their machines. `migrationsFolder` is the product's
 * `prisma/migrations`.
 *
 * Throws `forbidden` without `system:read`. A database that does not answer is a finding.
 */
export async function readHealth(actor: Actor, migrationsFolder: string): Promise<Health> {
  requirePermission(actor, "system:read");
  try {
    const facts = await readFacts(migrationsFolder);
    const findings = judgeInstallation(facts);
    const machines = facts.workers.map(({ id, host, pid, machine }) => ({
      workerId: id,
      host,
      pid,
      examinedAt: machine?.examinedAt ?? null,
      findings: machine ? judgeMachine(machine) : [],
    }));
    const all = [...findings, ...machines.flatMap((machine) => machine.findings)];
    return { worst: worstOf(all), findings, machines };
  } catch (error) {
    const findings = [
      judgeNoDatabase((error as Error).message.trim().split("\n").at(-1) ?? "no reason is given"),
    ];
    return { worst: "broken", findings, machines: [] };
  }
}

/** The state that needs a person most; "good" of nothing. */
export function worstOf(findings: readonly Finding[]): FindingState {
  const rank = Math.max(0, ...findings.map(({ state }) => findingStates.indexOf(state)));
  return findingStates[rank]!;
}

async function readFacts(migrationsFolder: string): Promise<InstallationFacts> {
  const clock = await readClock();
  const migrations = await readMigrations(migrationsFolder);
  const [queue, workers, models] = [
    await readQueue(clock.now),
    await readWorkers(clock.now),
    await readModels(),
  ];
  const disk = await readDisk();
  const unpredicted = await readUnpredicted();
  const oldestUnsealedMs = await readOldestUnsealed();
  return {
    postgres: clock.version,
    clockSkewMs: clock.skewMs,
    migrations,
    queue,
    workers,
    disk,
    unpredicted,
    oldestUnsealedMs,
    ...models,
  };
}

async function readUnpredicted(): Promise<InstallationFacts["unpredicted"]> {
  const where = { modelId: await servingModelId(database()) };
  const [slices, example] = await Promise.all([
    database().predictionFailure.count({ where }),
    database().predictionFailure.findFirst({ where, orderBy: { at: "desc" }, select: { reason: true } }),
  ]);
  return { slices, example: example ? StoredMessage.parse(example.reason) : null };
}

async function readOldestUnsealed(): Promise<number | null> {
  const [row] = await database().$queryRaw<{ ms: number | null }[]>`
    SELECT (extract(epoch FROM now() - min(e."at")) * 1000)::float8 AS "ms"
    FROM (SELECT "id", "at" FROM "AuditEvent" WHERE "previousHash" IS NULL ORDER BY "id" DESC LIMIT 1000) e
    WHERE NOT EXISTS (SELECT FROM "AuditSealedEvent" s WHERE s."eventId" = e."id")`;
  return row?.ms ?? null;
}

/** The database's clock against this process's, in the middle of the question's way. */
async function readClock() {
  const asked = Date.now();
  const [row] = await database().$queryRaw<{ at: Date; version: string }[]>`
    SELECT clock_timestamp() AS at, current_setting('server_version') AS version`;
  const middle = (asked + Date.now()) / 2;
  const { at, version } = row!;
  return { now: at.getTime(), skewMs: at.getTime() - middle, version: version.split(" ")[0]! };
}

async function readMigrations(folder: string): Promise<InstallationFacts["migrations"]> {
  try {
    return { pending: await pendingMigrations(env.databaseUrl, folder) };
  } catch (error) {
    if (error instanceof MigrationRefused) return { refused: error.message };
    throw error;
  }
}

async function readQueue(now: number): Promise<InstallationFacts["queue"]> {
  const { job } = database();
  const [waiting, running, failed, oldest, [lost]] = await Promise.all([
    job.count({ where: { status: "WAITING" } }),
    job.count({ where: { status: "RUNNING" } }),
    job.count({ where: { status: "FAILED", finishedAt: { gt: new Date(now - dayMs) } } }),
    job.findFirst({
      where: { status: "WAITING" },
      orderBy: { createdAt: "asc" },
      select: { createdAt: true },
    }),
    database().$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE attempts >= max_attempts`,
  ]);
  const oldestWaitingMs = oldest ? Math.max(0, now - oldest.createdAt.getTime()) : null;
  return { waiting, running, failed, oldestWaitingMs, givenUp: lost!.count };
}

async function readWorkers(now: number): Promise<InstallationFacts["workers"]> {
  const workers = await database().workerProcess.findMany({
    orderBy: [{ host: "asc" }, { startedAt: "asc" }],
  });
  return workers.map(({ id, host, pid, startedAt, heartbeatAt, capabilities }) => {
    const { machine = null } = Capabilities.parse(capabilities);
    return { id, host, pid, startedAt, silentMs: Math.max(0, now - heartbeatAt.getTime()), machine };
  });
}

async function readModels(): Promise<Pick<InstallationFacts, "files" | "production" | "precision">> {
  const db = database();
  const [bases, production] = await Promise.all([
    db.base.findMany({ orderBy: { createdAt: "asc" } }),
    db.model.findFirst({ where: { state: "PRODUCTION" }, include: { base: true } }),
  ]);
  const files: InstallationFacts["files"] = [];
  for (const { name, sha256 } of bases)
    files.push({ what: { code: "base", name }, state: await stateOfObject(sha256) });
  if (production) {
    const { number, artifactSha256 } = production;
    files.push({ what: { code: "model-in-production", number }, state: await stateOfObject(artifactSha256) });
  }
  const wanted = env.precision;
  return {
    files,
    production: production && { number: production.number, base: production.base.name },
    precision: {
      wanted,
      available:
        !production ||
        (await baseAtPrecision(db, production.baseSha256, wanted === "int8" ? "INT8" : "F32")) !== null,
    },
  };
}

/** Room on the data folder's disk, in bytes, as it is now; null where it cannot be told. */
async function readDisk(): Promise<InstallationFacts["disk"]> {
  try {
    const { bavail, blocks, bsize } = await statfs(await dataFolder("."));
    return { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return null;
  }
}

type FileState = "intact" | "missing" | "damaged";
const checkedAgainMs = 10 * 60_000;
/** A page that refreshes itself must not read 50 MB a base each time. */
const checked = new Map<string, { mtimeMs: number; at: number; state: FileState }>();

async function stateOfObject(sha256: string): Promise<FileState> {
  const found = await stat(objectPath(sha256)).catch(() => null);
  if (!found) return "missing";
  const known = checked.get(sha256);
  if (known?.mtimeMs === found.mtimeMs && performance.now() - known.at < checkedAgainMs) return known.state;
  const bytes = await readFile(objectPath(sha256));
  const state = createHash("sha256").update(bytes).digest("hex") === sha256 ? "intact" : "damaged";
  checked.set(sha256, { mtimeMs: found.mtimeMs, at: performance.now(), state });
  return state;
}
