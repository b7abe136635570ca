import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { database, disconnect } from "@/lib/platform/database";
import { importAt } from "../features/imports/small-set";
import { expectSameFigures } from "../support/expect-same-figures";
import { killedRun, type RunToKill, undisturbedRun } from "../support/killed-run";
import { copyPhantoms } from "../support/phantom-set";
import { killWorkers } from "../support/worker-process";

/** The bench `kill` in small: its ten random moments are two here. */

const run: RunToKill = {
  cohort: "PHANTOM",
  seed: 3,
  parameters: { maxEpochs: 5, batchSize: 16, heads: 2 },
  imagesToEmbed: 16,
};
let archive: Awaited<ReturnType<typeof copyPhantoms>>;

beforeAll(async () => {
  archive = await copyPhantoms(await mkdtemp(path.join(tmpdir(), "sulcus-random-")), {
    patients: 6,
    every: 3,
  });
  await ensureInitialModel();
  await importAt(archive.folder, "PHANTOM");
  await database().job.updateMany({
    where: { kind: "predict-slices" },
    data: { status: "CANCELLED", finishedAt: new Date() },
  });
});
afterEach(killWorkers);
afterAll(async () => {
  await disconnect();
  await rm(archive.folder, { recursive: true });
});

describe("a run whose worker is killed at a random moment", { timeout: 600_000 }, () => {
  it("ends with every figure of an undisturbed run", async () => {
    const { seconds, outcome } = await undisturbedRun(run);
    expect(new Set(outcome.losses.map(({ head }) => head)).size).toBeGreaterThan(1);
    expect(outcome.losses.length % 5).toBe(0);
    expect(Object.keys(outcome.pTumor).length).toBeGreaterThan(0);
    let inside = 0;
    while (inside < 2) {
      const killed = await killedRun(run, Math.random() * seconds);
      if (!killed) continue; // It had ended before.
      inside++;
      expectSameFigures(killed.outcome, outcome);
    }
    // Another seed has other figures: the comparison can fail.
    const other = await undisturbedRun({ ...run, seed: 4 });
    expect(() => expectSameFigures(other.outcome, outcome)).toThrow();
  });
});
