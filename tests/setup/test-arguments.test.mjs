import assert from "node:assert/strict";
import { test } from "node:test";
import { groups, readTestArguments } from "../../bin/setup/test-arguments.mjs";

test("Without arguments every group runs, on everything", () => {
  assert.deepEqual(readTestArguments([]), { only: groups, changed: null });
});

test("Groups are chosen, and what changed since a commit", () => {
  assert.deepEqual(readTestArguments(["--only", "lint,unit"]), { only: ["lint", "unit"], changed: null });
  assert.deepEqual(readTestArguments(["--changed"]), { only: groups, changed: "HEAD" });
  assert.deepEqual(readTestArguments(["--changed", "v0.2.0", "--only", "unit"]), {
    only: ["unit"],
    changed: "v0.2.0",
  });
  assert.deepEqual(readTestArguments(["--changed", "--only", "unit"]), { only: ["unit"], changed: "HEAD" });
});

test("Anything else is refused with how it is used", () => {
  for (const wrong of [["--only"], ["--only", "science"], ["--all"], ["unit"], ["--changed", "HEAD", "more"]])
    assert.throws(() => readTestArguments(wrong), /^Error: Usage: npm test/);
});
