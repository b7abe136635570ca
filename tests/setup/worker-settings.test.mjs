import assert from "node:assert/strict";
import { test } from "node:test";
import { threadsOfAWorker, workerCount } from "../../bin/setup/worker-settings.mjs";

test("one worker unless told otherwise, and words where that is no number of workers", () => {
  assert.equal(workerCount(""), 1);
  assert.equal(workerCount("0"), 0);
  assert.equal(workerCount("4"), 4);
  for (const wrong of ["-1", "65", "1.5", "many"])
    assert.throws(() => workerCount(wrong), new RegExp(`SULCUS_WORKERS is "${wrong}".*0 to 64`));
});

test("workers share the processors, each has one at least, and what was told is kept", () => {
  assert.equal(threadsOfAWorker({ told: "", workers: 1, processors: 8 }), 8);
  assert.equal(threadsOfAWorker({ told: "", workers: 3, processors: 8 }), 2);
  assert.equal(threadsOfAWorker({ told: "0", workers: 4, processors: 2 }), 1);
  assert.equal(threadsOfAWorker({ told: "", workers: 0, processors: 2 }), 2);
  assert.equal(threadsOfAWorker({ told: "3", workers: 4, processors: 8 }), "3");
});
