import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { keepLock, lockHolder, tryLock } from "./lock.mjs";
import { SetupProblem } from "./problem.mjs";
import { isElsewhere } from "./process-identity.mjs";

const lockFile = (dataDir) => path.join(dataDir, "supervisor.lock");
const runFile = (dataDir) => path.join(dataDir, "run.json");

/**
 * The installation that runs on this data folder: `{ pid, port, databaseUrl, startedAt }`, or null where none does.
 * One that is still starting counts as running, with `pid` and `port` alone. Throws `SetupProblem` where it runs on another
 * machine that shares the folder.
 */
export function runningInstallation(dataDir) {
  const holder = lockHolder(lockFile(dataDir));
  if (!holder) return null;
  if (isElsewhere(holder)) throw elsewhere(dataDir, holder);
  const facts = existsSync(runFile(dataDir)) ? JSON.parse(readFileSync(runFile(dataDir), "utf8")) : {};
  return facts.pid === holder.pid ? facts : { pid: holder.pid, port: holder.port };
}

/**
 * Claims the data folder for this process; `{ release }`, or `{ holder }` where another one has it. Throws `SetupProblem`
 * where that is one of another machine.
 */
export function claimInstallation(dataDir, port) {
  const { release, holder } = tryLock(lockFile(dataDir), { port });
  if (holder && isElsewhere(holder)) throw elsewhere(dataDir, holder);
  if (holder) return { holder };
  const stopKeeping = keepLock(lockFile(dataDir));
  return {
    release() {
      stopKeeping();
      rmSync(runFile(dataDir), { force: true });
      release();
    },
  };
}

/** Tells others, such as the command line, where the running installation is. */
export function announceInstallation(dataDir, { port, databaseUrl }) {
  const facts = { pid: process.pid, port, databaseUrl, startedAt: new Date().toISOString() };
  writeFileSync(runFile(dataDir), JSON.stringify(facts), { mode: 0o600 });
}

function elsewhere(dataDir, { host }) {
  return new SetupProblem(
    `Sulcus runs on ${dataDir} on another machine, ${host}. Here, start parts of it with that machine's database: DATABASE_URL=postgresql://... npm start -- --only worker. (After a crash of ${host}, wait a minute.)`,
  );
}
