import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { lockHolder, tryLock } from "../../bin/setup/lock.mjs";
import { ensurePostgres } from "../../bin/setup/postgres.mjs";
import { identify } from "../../bin/setup/process-identity.mjs";
import { claimInstallation, runningInstallation } from "../../bin/setup/running.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "sulcus-lock-"));
after(() => rmSync(folder, { recursive: true }));

let number = 0;
/** A lock's file as a process left it, `ageMs` ago; on this machine where no host is named. */
function heldBy({ pid = process.pid, host = os.hostname(), ageMs = 0 }) {
  const file = path.join(folder, `${++number}.lock`);
  writeFileSync(file, JSON.stringify({ ...identify(pid), host, port: 3000 }));
  const at = new Date(Date.now() - ageMs);
  utimesSync(file, at, at);
  return file;
}

test("a living process of this machine holds its lock, however old", () => {
  const file = heldBy({ ageMs: 86_400_000 });
  assert.equal(tryLock(file).holder.pid, process.pid);
});

test("a dead process of this machine holds none", () => {
  const file = heldBy({ pid: 2 ** 22 + 1 });
  const { release } = tryLock(file);
  assert.ok(release);
  release();
  assert.ok(!existsSync(file));
});

test("a process of another machine holds what it renews, though none of its number runs here", () => {
  const file = heldBy({ pid: 2 ** 22 + 1, host: "elsewhere", ageMs: 20_000 });
  assert.equal(tryLock(file).holder.host, "elsewhere");
  assert.equal(lockHolder(file).host, "elsewhere");
});

test("a process of another machine has lost what it has not renewed for a minute, though one of its number runs here", () => {
  const file = heldBy({ host: "elsewhere", ageMs: 120_000 });
  assert.equal(lockHolder(file), null);
  const { release } = tryLock(file);
  assert.ok(release);
  release();
});

test("an installation on another machine is neither used nor taken over, and its machine is named", () => {
  const dataDir = path.join(folder, "data");
  mkdirSync(dataDir);
  writeFileSync(
    path.join(dataDir, "supervisor.lock"),
    JSON.stringify({ pid: 1, started: "x", host: "elsewhere", port: 3000 }),
  );
  const named = /on another machine, elsewhere/;
  assert.throws(() => runningInstallation(dataDir), named);
  assert.throws(() => claimInstallation(dataDir, 3000), named);
});

test("a database that another machine has not stopped is not started here", async () => {
  const dataDir = path.join(folder, "with-database");
  const first = await ensurePostgres({ dataDir });
  await first.stop();
  const place = path.join(dataDir, "postgres.json");
  const notes = JSON.parse(readFileSync(place, "utf8"));
  assert.equal(notes.host, os.hostname());
  writeFileSync(place, JSON.stringify({ ...notes, host: "elsewhere" }));
  const pidFile = path.join(notes.folder, "data/postmaster.pid");
  writeFileSync(pidFile, "1\n");
  await assert.rejects(ensurePostgres({ dataDir }), /started on another machine, elsewhere/);

  rmSync(pidFile); // stopped there in order
  const here = await ensurePostgres({ dataDir });
  assert.ok(here.started);
  await here.stop();
  if (!notes.folder.startsWith(dataDir)) rmSync(path.dirname(notes.folder), { recursive: true });
});
