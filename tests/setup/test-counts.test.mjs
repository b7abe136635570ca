import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { countNodeTests, countPlaywrightTests, countVitestTests } from "../../bin/setup/test-counts.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "sulcus-counts-"));
after(() => rmSync(folder, { recursive: true }));
let files = 0;
function report(content) {
  const file = path.join(folder, String(files++));
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}
const ok = { code: 0 };
const bad = { code: 1 };

test("Vitest: a file that does not load counts as a failure", () => {
  const file = report({
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: "failed", assertionResults: [{}, {}] },
      { status: "failed", assertionResults: [] },
    ],
  });
  assert.deepEqual(countVitestTests(file, bad), { passed: 5, failed: 2, skipped: 2 });
});

test("Playwright: what passed only at a second try has failed, interrupted ones are failures", () => {
  const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 1 };
  assert.deepEqual(countPlaywrightTests(report({ stats }), ok), { passed: 3, failed: 0, skipped: 1 });
  assert.deepEqual(countPlaywrightTests(report({ stats }), bad), { passed: 3, failed: 1, skipped: 1 });
  const flaky = report({ stats: { ...stats, flaky: 1 } });
  assert.deepEqual(countPlaywrightTests(flaky, bad), { passed: 3, failed: 1, skipped: 1 });
});

test("Node: cancelled tests are failures", () => {
  const file = report("TAP version 13\n# pass 7\n# fail 1\n# cancelled 1\n# skipped 2\n");
  assert.deepEqual(countNodeTests(file, bad), { passed: 7, failed: 2, skipped: 2 });
});

test("a runner that leaves no report has failed, whatever it says", () => {
  const none = path.join(folder, "none");
  for (const count of [countVitestTests, countPlaywrightTests])
    assert.deepEqual(count(none, ok), { passed: 0, failed: 1, skipped: 0 });
  assert.deepEqual(countNodeTests(none, bad), { passed: 0, failed: 1, skipped: 0 });
});
