import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureBuild } from "./build.mjs";
import { Children, endLeftOvers, Stopped } from "./children.mjs";
import { readProxies, withClientAddress } from "./client-address.mjs";
import { compiledCommand, ensureCompiled, importCompiled, removeEarlierCompiled } from "./compile.mjs";
import { ensureCornerstoneWorkers } from "./cornerstone-workers.mjs";
import { ensureDatabase, requireDatabase } from "./database.mjs";
import { demoAccounts, ensureDemo } from "./demo.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { lowDiskWarning } from "./disk.mjs";
import { dataFolder, root } from "./folders.mjs";
import { requireFreePort, wantedPort } from "./port.mjs";
import { makeDataFolder } from "./postgres.mjs";
import { ensurePrismaClient } from "./prisma-client.mjs";
import { explain, SetupProblem } from "./problem.mjs";
import { announceInstallation, claimInstallation, runningInstallation } from "./running.mjs";
import { ensureSecrets } from "./secrets.mjs";
import { makeReporter } from "./steps.mjs";
import { supervise } from "./supervise.mjs";
import { typescriptEnv } from "./typescript-command.mjs";
import { threadsOfAWorker, workerCount } from "./worker-settings.mjs";

/** Web and worker get this long to finish what they do; Postgres ends after them, all within 10 s. */
const graceMs = 5000;

/**
 * `npm start`: everything from a fresh clone to a served page, then keeps it running until it is told to stop.
 *
 * `--only web` or `--only worker` starts a part, beside the others of this data folder or on another machine. Whoever
 * starts the embedded database owns the data folder; a part that uses a database that runs already claims nothing.
 * `development` serves pages with fast refresh and starts the worker again when its sources change.
 */
export async function startProduct(argv = [], { development = false } = {}) {
  const began = Date.now();
  const dataDir = dataFolder();
  const reporter = makeReporter();
  const closing = []; // last opened, first closed
  let children = new Children();
  let exitCode = 0;

  let stopped;
  const stop = (why) => (stopped ??= shutDown(why));
  const shutDown = async (why) => {
    if (why) reporter.say(`\nStopping (${why}) ...`);
    await children.stop(graceMs);
    for (const close of closing.reverse()) await close();
    if (why) reporter.say("Stopped.");
    process.exit(exitCode);
  };
  stopOnSignals(stop);

  try {
    reporter.say("Sulcus");
    const parts = chosenParts(argv);
    const port = wantedPort();
    readProxies(); // says what is wrong before anything is started
    const databaseUrl = parts.all ? undefined : knownDatabase(dataDir);
    const owner = databaseUrl === undefined;
    if (owner && !parts.web) throw noDatabase(dataDir);
    makeDataFolderInWords(dataDir);
    if (owner) {
      children = new Children(path.join(dataDir, "processes.json"));
      claim(dataDir, port, closing);
      await endLeftOversOfKilled(dataDir, reporter);
    }
    if (parts.web) await requireFreePort(port);
    const warning = lowDiskWarning(dataDir);
    if (warning) reporter.say(warning);

    await ensureDependencies(reporter, children);
    await ensurePrismaClient(reporter, children);
    await ensureCompiled(reporter);
    if (owner) removeEarlierCompiled();
    const database = owner
      ? await startDatabase(dataDir, reporter, closing, () => children.stopping)
      : await openRunning(databaseUrl, parts, reporter);
    const env = productEnv({ dataDir, port, databaseUrl: database.url, development });
    if (parts.web && development) await ensureCornerstoneWorkers();
    else if (parts.web) await ensureBuild(reporter, children, env);
    if (owner) {
      await ensureDemo(reporter, children, { dataDir, env });
      announceInstallation(dataDir, { port, databaseUrl: database.url });
    }

    const { ready } = await reporter.step(inWords(parts), "start web and worker", async (progress) => {
      for (const service of services(parts, port, env, development))
        supervise(service, children, reporter.say);
      return parts.web ? waitUntilReady(port, parts, children, progress) : { ready: true };
    });
    const accounts = owner ? demoAccounts(dataDir) : [];
    reporter.say(parts.web ? welcome({ port, accounts, began, ready }) : workersOnly(database.url, began));
  } catch (error) {
    if (error instanceof Stopped || stopped) return;
    const known = explain(error, "start");
    console.error(`\n${known instanceof SetupProblem ? known.message : (known.stack ?? known)}\n`);
    exitCode = 1;
    await stop();
  }
}

/** What is started: `{ web, workers, all }`. Throws `SetupProblem` for other words. */
function chosenParts(argv) {
  if (argv.length === 0) return { web: true, workers: workerCount(), all: true };
  const [option, part, ...more] = argv;
  if (option !== "--only" || !["web", "worker"].includes(part) || more.length > 0)
    throw new SetupProblem("Usage: npm start [-- --only web|worker]");
  if (part === "web") return { web: true, workers: 0, all: false };
  return { web: false, workers: Math.max(1, workerCount()), all: false };
}

/** The database that runs already: DATABASE_URL's, or that of the installation on this data folder. */
function knownDatabase(dataDir) {
  return (
    process.env.DATABASE_URL || (existsSync(dataDir) ? runningInstallation(dataDir)?.databaseUrl : undefined)
  );
}

const noDatabase = (dataDir) =>
  new SetupProblem(
    `There is no database to work with: nothing runs on ${dataDir}, and DATABASE_URL is not set. Start the web first (npm start -- --only web), or name its database.`,
  );

const inWords = ({ web, workers }) => (web ? (workers > 0 ? "Web and worker" : "Web") : "Worker");

/** A database that another one started. The web applies what migrations it lacks; a worker alone changes nothing. */
async function openRunning(url, { web }, { step }) {
  return step("Database", "use the database", async () => {
    await requireDatabase(url);
    if (web) return { ...(await ensureDatabase({ url })), note: "the one that runs already" };
    const { pendingMigrations } = await importCompiled("migrate");
    const pending = await pendingMigrations(url, path.join(root, "prisma/migrations"));
    if (pending.length > 0)
      throw new SetupProblem(
        `The database lacks ${pending.length} migration(s) of this version (${pending[0]}). Start the web of this version first.`,
      );
    return { url, note: "the one that runs already" };
  });
}

function stopOnSignals(stop) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => stop(signal === "SIGINT" ? "Ctrl-C" : signal)); // npm repeats signals: once is enough
  process.stdout.on("error", () => stop("output closed"));
  stopWithNpm(stop);
}

/** npm passes SIGTERM on to a shell that may die of it without telling us: then our parent changes. */
function stopWithNpm(stop) {
  if (!["start", "dev"].includes(process.env.npm_lifecycle_event)) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop("npm ended"), 250).unref();
}

function makeDataFolderInWords(dataDir) {
  try {
    makeDataFolder(dataDir);
  } catch (error) {
    throw explain(error, "write the data folder");
  }
}

function claim(dataDir, port, closing) {
  try {
    const { release, holder } = claimInstallation(dataDir, port);
    if (release) return void closing.push(release);
    const running = runningInstallation(dataDir);
    throw new SetupProblem(
      `Sulcus already runs on ${dataDir} (process ${holder.pid}): http://localhost:${running?.port ?? holder.port}`,
    );
  } catch (error) {
    throw explain(error, "write the data folder");
  }
}

async function endLeftOversOfKilled(dataDir, { say }) {
  const ended = await endLeftOvers(path.join(dataDir, "processes.json"), graceMs);
  if (ended > 0)
    say(`  Ended ${ended} process${ended === 1 ? "" : "es"} left over from a start that was killed`);
}

async function startDatabase(dataDir, { step, say }, closing, isStopping) {
  return step("Database", "start the database", async (progress) => {
    const log = (text) =>
      text.includes("go to") ? say(`  ${text[0].toUpperCase()}${text.slice(1)}`) : progress(text);
    const starting = ensureDatabase({ dataDir, log, owner: true });
    closing.push(async () => (await starting.catch(() => null))?.stop()); // also when told to stop meanwhile
    const database = await starting;
    database.keep({ say, isStopping });
    const kind = database.embedded ? "embedded Postgres" : "the one in DATABASE_URL";
    const count = database.applied;
    const migrations = count > 0 ? `, ${count} ${count === 1 ? "migration" : "migrations"} applied` : "";
    return { ...database, note: kind + migrations };
  });
}

/**
 * What web and worker find in their environment. next-auth gets no NEXTAUTH_URL: it would send everyone there, whatever
 * host name, address or proxy they came by (app/_server/origin.ts).
 */
function productEnv({ dataDir, port, databaseUrl, development }) {
  const { NEXTAUTH_URL: address, ...env } = process.env;
  return {
    ...env,
    ...(development ? typescriptEnv : {}),
    NODE_ENV: development ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    SULCUS_DATA: dataDir,
    PORT: String(port),
    ...(address ? { SULCUS_ADDRESS: address } : {}),
    AUTH_TRUST_HOST: "1",
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || ensureSecrets(dataDir).sessions,
  };
}

function services({ web, workers }, port, env, development) {
  const options = { cwd: root, env };
  const next = path.join(root, "node_modules/next/dist/bin/next");
  const host = process.env.HOST ? ["-H", process.env.HOST] : [];
  const args = [...withClientAddress, next, development ? "dev" : "start", "-p", String(port), ...host];
  const threads = String(threadsOfAWorker());
  return [
    ...(web ? [{ name: "web", command: process.execPath, args, options }] : []),
    ...Array.from({ length: workers }, (_, i) => ({
      name: i === 0 ? "worker" : `worker ${i + 1}`,
      ...(development ? watchedWorker : compiledCommand("worker")),
      options: { ...options, env: { ...env, SULCUS_THREADS: threads } },
    })),
  ];
}

/** Ends the worker when a file that it was made of has changed, which gives its jobs back, and starts it again. */
const watchedWorker = {
  command: process.execPath,
  args: [
    path.join(root, "node_modules/tsx/dist/cli.mjs"),
    "watch",
    "--clear-screen=false",
    path.join(root, "workers/main.ts"),
  ],
};

async function waitUntilReady(port, { workers }, children, progress) {
  const deadline = Date.now() + 120_000;
  const host = process.env.HOST || "127.0.0.1";
  const check = workers > 0 ? "ready" : "live"; // with workers on other machines, pages are what counts here
  while (Date.now() < deadline) {
    if (children.stopping) throw new Stopped();
    try {
      const response = await fetch(`http://${host}:${port}/api/health/${check}`, {
        signal: AbortSignal.timeout(5000),
      });
      if (response.ok) return { ready: true };
      progress(`web answers ${response.status}, waiting for the worker`);
    } catch {
      progress("waiting for the web process");
    }
    await sleep(100);
  }
  return { ready: false, note: "no answer in 2 minutes, still trying; the lines above may say why" };
}

function welcome({ port, accounts, began, ready }) {
  const rows = accounts.map(
    ({ email, role, password }) => `    ${email.padEnd(28)} ${password ?? ""}  ${role}`,
  );
  const signIn =
    rows.length > 0
      ? ["  Sign in with a demo account (passwords made for this installation):", ...rows]
      : ["  No account yet? npm run --silent sulcus -- user add YOU@EXAMPLE.ORG --role ADMIN"];
  const address = process.env.NEXTAUTH_URL || `http://localhost:${port}`;
  const took = ((Date.now() - began) / 1000).toFixed(1);
  return [
    "",
    `  Open ${address}`,
    ...signIn,
    `  ${ready ? "Ready" : "Not ready yet"} after ${took} s. Ctrl-C stops everything.`,
    "",
  ].join("\n");
}

function workersOnly(databaseUrl, began) {
  const { host } = new URL(databaseUrl);
  const took = ((Date.now() - began) / 1000).toFixed(1);
  return `\n  Works for the database at ${host}. Ready after ${took} s. Ctrl-C stops it.\n`;
}
