import assert from "node:assert/strict";
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { logSince, logSize, rotateLog } from "../../bin/setup/postgres-log.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "sulcus-log-"));
after(() => rmSync(folder, { recursive: true }));
let logs = 0;
const newLog = () => path.join(folder, `${logs++}.log`);
const read = (file) => readFileSync(file, "utf8");
const limits = { maxBytes: 10, files: 3 };

test("a full log moves on, the oldest lines go, and whoever has it open goes on writing to it", () => {
  const log = newLog();
  const writer = openSync(log, "a", 0o600);
  assert.equal(rotateLog(log, {}, limits), false);
  for (const line of ["first line", "second line", "third line", "fourth line"]) {
    writeSync(writer, "short");
    assert.equal(rotateLog(log, {}, limits), false);
    writeSync(writer, line);
    assert.equal(rotateLog(log, {}, { ...limits, maxBytes: 15 }), true);
    assert.equal(read(log), "");
  }
  writeSync(writer, "fifth");
  closeSync(writer);
  assert.deepEqual([log, `${log}.1`, `${log}.2`].map(read), ["fifth", "hortfourth line", "shortthird line"]);
  assert.ok(!existsSync(`${log}.3`));
  assert.ok(!existsSync(`${log}.new`));
});

test("of a log that was left to grow, the end is kept, for its owner alone", () => {
  const log = newLog();
  writeFileSync(log, `${"x".repeat(1000)}the last 1`);
  const user = process.getuid?.() === 0 ? { uid: 1, gid: 1 } : {};
  assert.equal(rotateLog(log, user, limits), true);
  assert.equal(read(`${log}.1`), "the last 1");
  const { mode, uid } = statSync(`${log}.1`);
  assert.equal(mode & 0o777, 0o600);
  assert.equal(uid, user.uid ?? process.getuid?.());
});

test("no link is followed", () => {
  const [log, secret] = [newLog(), path.join(folder, "secret")];
  writeFileSync(secret, "a secret of root");
  symlinkSync(secret, log);
  assert.throws(() => rotateLog(log, {}, limits), /ELOOP|EMLINK/);
  assert.equal(read(secret), "a secret of root");
});

test("what was written since a position is told, and nothing before", () => {
  const log = newLog();
  assert.equal(logSince(log, logSize(log)), "");
  writeFileSync(log, "an earlier start\n");
  const before = logSize(log);
  assert.equal(logSince(log, before), "");
  appendFileSync(log, "this start\n");
  assert.equal(logSince(log, before), "this start\n");
});
