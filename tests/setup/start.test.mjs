import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { lockHolder } from "../../bin/setup/lock.mjs";
import { freePort } from "../../bin/setup/port.mjs";
import { ensurePostgres } from "../../bin/setup/postgres.mjs";
import { identify, isAlive } from "../../bin/setup/process-identity.mjs";
import { makeScratchCheckout, npmStartIn, startIn } from "./scratch-checkout.mjs";

let checkout;
let port;
before(async () => {
  checkout = makeScratchCheckout();
  port = await freePort();
});
after(() => checkout.remove());

const start = (env = {}, nodeArgs = []) => startIn(checkout, { PORT: String(port), ...env }, nodeArgs);
const ready = /Ready after/;
const inData = (name) => path.join(checkout.folder, ".data", name);
const ask = async (url = "/") => (await fetch(`http://127.0.0.1:${port}${url}`)).json();

async function stop(started, signal = "SIGTERM") {
  const began = Date.now();
  started.child.kill(signal);
  const { code } = await started.ended;
  return { code, tookMs: Date.now() - began };
}

/** The command lines of processes that name the scratch checkout. */
function processesOf(folder) {
  const { stdout } = spawnSync("ps", ["-A", "-ww", "-o", "args="], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(folder));
}

test("a first start prints its steps, the address and how to sign in, and stops cleanly on SIGTERM", async () => {
  const first = start();
  await first.printed(ready);

  assert.match(first.output(), /✓ Database: embedded Postgres, 2 migrations applied \(/);
  assert.match(first.output(), /✓ Web application: built \(/);
  assert.match(first.output(), new RegExp(`Open http://localhost:${port}`));
  assert.match(first.output(), /reader@demo\.example +p-0\.\d+ +READER/);
  const run = JSON.parse(readFileSync(inData("run.json"), "utf8"));
  assert.equal(run.port, port);
  assert.match(run.databaseUrl, /^postgresql:\/\/sulcus:.+@127\.0\.0\.1:\d+\/sulcus$/);
  assert.equal((await ask()).data, path.join(checkout.folder, ".data"));
  for (const name of ["run.json", "secrets.json", "demo-accounts.json", "postgres.json"])
    assert.equal(statSync(inData(name)).mode & 0o077, 0, `${name} is readable by others`);

  const { code, tookMs } = await stop(first);
  assert.equal(code, 0);
  assert.ok(tookMs < 10_000, `stopping took ${tookMs} ms`);
  assert.deepEqual(processesOf(checkout.folder), []);
  for (const name of ["run.json", "processes.json", "supervisor.lock"])
    assert.ok(!existsSync(inData(name)), name);
});

test("a second start builds nothing, keeps secrets and passwords, and Ctrl-C ends it in spite of an open stream", async () => {
  const kept = JSON.parse(readFileSync(inData("demo-accounts.json"), "utf8")).accounts[0].password;
  const second = start();
  await second.printed(ready);

  assert.doesNotMatch(second.output(), /built|migrations applied|Dependencies/);
  assert.match(second.output(), new RegExp(kept));
  assert.equal((await ask()).secret, JSON.parse(readFileSync(inData("secrets.json"), "utf8")).sessions);

  const stream = await fetch(`http://127.0.0.1:${port}/events`);
  stream.body.pipeTo(new WritableStream()).catch(() => {}); // cut when the web process is killed
  const { code, tookMs } = await stop(second, "SIGINT");
  assert.equal(code, 0);
  assert.ok(tookMs < 10_000, `stopping took ${tookMs} ms`);
  assert.deepEqual(processesOf(checkout.folder), []);
});

test("npm, told to stop, takes everything with it", async () => {
  const started = npmStartIn(checkout, { PORT: String(port) });
  await started.printed(ready);
  const { tookMs } = await stop(started);
  for (const deadline = Date.now() + 10_000 - tookMs; Date.now() < deadline; await sleep(50))
    if (processesOf(checkout.folder).length === 0) break;
  assert.deepEqual(processesOf(checkout.folder), []);
});

test("changed sources are built again, a changed test is none", async () => {
  checkout.write("app/page.tsx", "export default () => 1;");
  checkout.write("tests/some.test.ts", "");
  const third = start();
  await third.printed(ready);
  assert.match(third.output(), /Web application: built/);
  await stop(third);
});

test("a worker or web process that dies is started again", async () => {
  const started = start();
  await started.printed(ready);
  const workerPid = Number((await started.printed(/\[worker\] worker (\d+)/))[1]);
  const webPid = (await ask()).pid;
  process.kill(workerPid, "SIGKILL");
  process.kill(webPid, "SIGKILL");

  await started.printed(/The worker process ended \(SIGKILL\); starting it again in 1 s/);
  await started.printed(/The web process ended \(SIGKILL\)/);
  await started.printed(/\[worker\] worker \d+[\s\S]*\[worker\] worker \d+/);
  for (let tries = 0; tries < 100; tries++) {
    const answer = await ask().catch(() => null);
    if (answer && answer.pid !== webPid) break;
    assert.ok(tries < 99, "the web process did not come back");
    await sleep(100);
  }
  await stop(started);
});

test("a database that dies is started again on its port, whoever has that meanwhile, and a stop during that ends it", async (t) => {
  const started = start();
  await started.printed(ready);
  const { databaseUrl } = JSON.parse(readFileSync(inData("run.json"), "utf8"));
  const { folder, port: databasePort } = JSON.parse(readFileSync(inData("postgres.json"), "utf8"));
  const postmaster = () =>
    Number(readFileSync(path.join(folder, "data/postmaster.pid"), "utf8").split("\n")[0]);
  await rowsOf(databaseUrl, "INSERT INTO one VALUES (7)");
  const log = path.join(folder, "postgres.log");
  const before = readFileSync(log, "utf8");

  const killed = postmaster();
  process.kill(killed, "SIGKILL");
  const other = createServer();
  t.after(() => other.close());
  await listenAsSoonAsFree(other, databasePort);
  await started.printed(/The database process ended \(.*\); starting it again in 1 s/);
  await started.printed(
    new RegExp(`did not start: port ${databasePort} is taken.*; starting it again in \\d+ s`),
  );
  other.close();
  await started.printed(/The database runs again/);
  assert.deepEqual(await rowsOf(databaseUrl, "SELECT id FROM one"), [{ id: 7 }]);
  assert.notEqual(postmaster(), killed);
  const after = readFileSync(log, "utf8");
  assert.ok(before.length > 0 && after.startsWith(before) && after.length > before.length);
  assert.equal(statSync(log).mode & 0o777, 0o600);
  assert.equal(statSync(log).uid, statSync(folder).uid);

  process.kill(postmaster(), "SIGKILL");
  await started.printed(/runs again[\s\S]*The database process ended/);
  const { code, tookMs } = await stop(started);
  assert.equal(code, 0);
  assert.ok(tookMs < 10_000, `stopping took ${tookMs} ms`);
  assert.deepEqual(processesOf(checkout.folder), []);
});

/** The rows that a statement gives, on a connection of its own. */
async function rowsOf(connectionString, statement) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
}

/** Takes a port on which a killed server may still listen for a moment. */
async function listenAsSoonAsFree(server, wanted) {
  for (;;) {
    const problem = await new Promise((resolve) => {
      server.once("error", resolve);
      server.listen(wanted, "127.0.0.1", () => resolve(null));
    });
    if (!problem) return;
    assert.equal(problem.code, "EADDRINUSE");
    await sleep(10);
  }
}

test("what a killed start left over is found, ended or taken over", async () => {
  const killed = start();
  await killed.printed(ready);
  const databaseUrl = JSON.parse(readFileSync(inData("run.json"), "utf8")).databaseUrl;
  killed.child.kill("SIGKILL");
  await killed.ended;

  const next = start();
  await next.printed(ready);
  assert.match(next.output(), /Ended [12] process(es)? left over from a start that was killed/);
  assert.equal(JSON.parse(readFileSync(inData("run.json"), "utf8")).databaseUrl, databaseUrl);
  await stop(next);
  assert.deepEqual(processesOf(checkout.folder), []);
});

test("a process that merely has a noted number is not touched", async () => {
  writeFileSync(inData("processes.json"), JSON.stringify([{ pid: process.pid, started: "another boot:1" }]));
  const started = start();
  await started.printed(ready);
  assert.doesNotMatch(started.output(), /left over/);
  await stop(started);
});

test("a second supervisor on the same data says where the first one is", async () => {
  const first = start();
  await first.printed(ready);
  const { code, output } = await start({ PORT: String(await freePort()) }).ended;
  assert.equal(code, 1);
  assert.match(
    output,
    new RegExp(`already runs on .* \\(process ${first.child.pid}\\): http://localhost:${port}`),
  );
  await stop(first);
});

test("web and worker start alone, and a worker needs a database that runs", async () => {
  const startOnly = (...words) => startIn(checkout, { PORT: String(port) }, [], words);
  assert.match((await startOnly("--only", "worker").ended).output, /There is no database to work with/);
  assert.match((await startOnly("--only", "all").ended).output, /Usage: npm start/);

  const web = startOnly("--only", "web");
  await web.printed(ready);
  assert.doesNotMatch(web.output(), /\[worker\]/);
  const worker = startOnly("--only", "worker");
  await worker.printed(/\[worker\] worker \d+/);
  await worker.printed(/Works for the database at 127\.0\.0\.1/);
  assert.equal(lockHolder(inData("supervisor.lock")).pid, web.child.pid);
  assert.equal((await stop(worker)).code, 0);
  assert.equal((await stop(web)).code, 0);
  assert.deepEqual(processesOf(checkout.folder), []);
});

test("told to stop in the middle of a step, it leaves nothing running", async () => {
  checkout.write("node_modules/next/dist/bin/next", "setInterval(() => {}, 1000);");
  checkout.write("app/page.tsx", "export default () => 2;");
  const started = start();
  await started.printed(/✓ Database/);
  const { code, tookMs } = await stop(started);
  assert.equal(code, 0);
  assert.ok(tookMs < 10_000);
  assert.deepEqual(processesOf(checkout.folder), []);
});

test("a process started for the command line is stopped by the last one that uses it", async () => {
  const dataDir = inData("");
  const one = await ensurePostgres({ dataDir });
  const two = await ensurePostgres({ dataDir });
  assert.deepEqual([one.started, two.started], [true, false]);
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: two.url });
  await client.connect();

  await one.stop();
  assert.equal((await client.query("SELECT 1 AS one")).rows[0].one, 1);

  await client.end();
  await two.stop();
  assert.deepEqual(processesOf(checkout.folder), []);
});

/** The one paragraph that a refused start prints, without any stack trace. */
async function refusal(env, nodeArgs = []) {
  const { code, output } = await start(env, nodeArgs).ended;
  assert.equal(code, 1, output);
  assert.doesNotMatch(output, /\n\s+at /);
  return output;
}

test("a taken port is named, with its holder and another to choose", async (t) => {
  const holder = createServer().listen(port);
  t.after(() => holder.close());
  await once(holder, "listening");
  const by = process.platform === "linux" ? `by node.* \\(process ${process.pid}\\)` : "";
  assert.match(await refusal(), new RegExp(`Port ${port} is taken ${by}.*PORT=${port + 1} npm start`));
  assert.match(await refusal({ PORT: "http" }), /PORT is "http", which is no port/);
});

test("an old Node is told apart before anything else", async () => {
  const pretend = `data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"18.20.4"}})`;
  assert.match(
    await refusal({}, ["--import", pretend]),
    /needs Node 20\.19 or newer, and this is Node 18\.20\.4/,
  );
});

test("a DATABASE_URL that does not work says why, and never its password", async () => {
  const server = await ensurePostgres({ dataDir: inData("") });
  const nobody = await freePort();
  const changed = (change) => {
    const url = new URL(server.url);
    change(url);
    return url.toString();
  };
  const cases = [
    ["nonsense", /DATABASE_URL is no address/],
    ["mysql://u:topsecret@127.0.0.1/x", /begins with mysql:/],
    [`postgresql://u:topsecret@127.0.0.1:${nobody}/x`, /nothing listens at 127\.0\.0\.1:/],
    [changed((url) => (url.password = "topsecret")), /refuses the password of user sulcus/],
    [changed((url) => (url.pathname = "/elsewhere")), /has no database elsewhere/],
  ];
  for (const [url, expected] of cases) {
    const output = await refusal({ DATABASE_URL: url });
    assert.match(output, expected);
    assert.doesNotMatch(output, /topsecret/);
  }
  await server.stop();
});

test("a data folder that cannot be one is said", async () => {
  checkout.write("file", "");
  assert.match(
    await refusal({ SULCUS_DATA: path.join(checkout.folder, "file") }),
    /There is a file where a folder/,
  );
});

test("a database that is newer than the product is left as it is", async () => {
  const future = path.join(checkout.folder, "prisma/migrations/2_second");
  rmSync(future, { recursive: true });
  assert.match(await refusal(), /newer than this version of Sulcus: it has the migration 2_second/);
  assert.deepEqual(processesOf(checkout.folder), []);
});

test("where root's private folder keeps Postgres' user out, its files go to a public place", {
  skip: process.getuid() !== 0 && "needs root",
}, async () => {
  const dataDir = path.join(checkout.folder, "private/data");
  mkdirSync(path.dirname(dataDir), { mode: 0o700 });
  const said = [];
  const first = await ensurePostgres({ dataDir, log: (text) => said.push(text) });
  const { folder } = JSON.parse(readFileSync(path.join(dataDir, "postgres.json"), "utf8"));
  assert.match(said.join("\n"), new RegExp(`its files go to ${path.dirname(folder)}`));
  assert.ok(!folder.startsWith(checkout.folder));
  await first.stop();

  const second = await ensurePostgres({ dataDir });
  assert.equal(second.url.split("@")[0], first.url.split("@")[0]);
  await second.stop();
  rmSync(path.dirname(folder), { recursive: true });
});

test("a process identity ends with the process", async () => {
  const child = spawn("sleep", ["60"]);
  const identity = identify(child.pid);
  assert.ok(isAlive(identity));
  assert.ok(!isAlive({ ...identity, started: "before" }));
  child.kill();
  await once(child, "exit");
  assert.ok(!isAlive(identity));
});
