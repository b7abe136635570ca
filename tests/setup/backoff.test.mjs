import assert from "node:assert/strict";
import { test } from "node:test";
import { makeBackoff } from "../../bin/setup/backoff.mjs";

test("waits double up to half a minute, and begin again after a minute of life", () => {
  const backoff = makeBackoff();
  const waits = (livedMs, times) => Array.from({ length: times }, () => backoff.next(livedMs) / 1000);
  assert.deepEqual(waits(0, 7), [1, 2, 4, 8, 16, 30, 30]);
  assert.deepEqual(waits(60_000, 1), [30]);
  assert.deepEqual(waits(60_001, 2), [1, 1]);
  assert.deepEqual(waits(0, 2), [2, 4]);
});
