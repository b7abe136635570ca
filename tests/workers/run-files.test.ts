import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { env } from "@/lib/platform/env";
import { hasDerived } from "@/lib/platform/storage";
import { loadCheckpoint, loadHead, removeRunFiles, saveCheckpoint, saveHead } from "@/workers/run-files";

const fitted = {
  head: {
    layers: [
      { kernel: Float32Array.of(1, 2, 3, 4), bias: Float32Array.of(5, 6) },
      { kernel: Float32Array.of(0.1, -0.2, 1e-7, 3e7), bias: Float32Array.of(0, -1) },
    ],
  },
  bestEpoch: 3,
  epochs: 9,
  validationLoss: 0.25,
};

describe("what a run's steps leave for each other", () => {
  it("is a fitted head, number by number, under the hash of its bytes; its checkpoint goes", async () => {
    const runId = randomUUID();
    await saveCheckpoint(runId, 0, { progress: Float32Array.of(1, 2, 3, 4) });
    await saveCheckpoint(runId, 1, { progress: Float32Array.of(5, 6, 7, 8) });
    const sha256 = await saveHead(runId, 0, fitted);
    expect(await loadHead(runId, sha256)).toEqual(fitted);
    expect(await saveHead(runId, 0, fitted)).toBe(sha256);
    expect(await loadCheckpoint(runId, 0)).toBeUndefined();
    expect(await loadCheckpoint(runId, 1)).toEqual({ progress: Float32Array.of(5, 6, 7, 8) });
  });

  it("is refused where it was damaged, and gone when the run has ended", async () => {
    const runId = randomUUID();
    const sha256 = await saveHead(runId, 0, fitted);
    await saveCheckpoint(runId, 1, { progress: Float32Array.of(1, 2, 3, 4) });
    const folder = path.join(env.dataFolder, "derived/runs", runId);
    await writeFile(path.join(folder, `head-${sha256}`), "cut");
    await expect(loadHead(runId, sha256)).rejects.toThrow("missing or damaged");
    await writeFile(path.join(folder, "checkpoint-1"), "cut");
    expect(await loadCheckpoint(runId, 1)).toBeUndefined();
    await removeRunFiles(runId);
    expect(hasDerived(`runs/${runId}`)).toBe(false);
    await removeRunFiles(runId);
  });
});
