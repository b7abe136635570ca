import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shippedBase } from "@/lib/engine/bases/base-network";
import {
  type SimulationOptions,
  simulateActiveLearning,
} from "@/lib/engine/classifier/simulate-active-learning";
import { hashPatientKey } from "@/lib/records/hash-patient-key";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { wayName } from "@/lib/science/active-learning/simulation-figures";
import { FEATURE_LENGTH } from "@/lib/science/network/head";
import { MASK_SIZE } from "@/lib/science/network/mask-decoder";
import { normal, seededRandom, seedOf } from "@/lib/science/training/random";
import { copyPhantoms } from "../support/phantom-set";
import { runSulcus } from "../support/run-sulcus";

/** Made-up evidence: tumor in the middle slices of each patient, told by the mask well and by the features a little. */
function madeUpSlices(patients: number, slicesEach: number) {
  return Array.from({ length: patients * slicesEach }, (_, index) => {
    const patient = `made-up-${Math.floor(index / slicesEach)}`;
    const position = index % slicesEach;
    const truth: 0 | 1 = position >= 2 && position < slicesEach - 2 ? 1 : 0;
    const random = seededRandom(seedOf(patient, position));
    const embedding = {
      features: Float32Array.from({ length: FEATURE_LENGTH }, () => 0.2 * truth + Math.abs(normal(random))),
      maskLogits: Float32Array.from({ length: MASK_SIZE ** 2 }, () => truth - 4 + normal(random)),
      gapLogit: 2 * truth - 1 + normal(random),
    };
    const hashedKey = hashPatientKey(patient);
    return { hashedKey, studyKey: patient, position, truth, site: "", embedding };
  });
}

const options: SimulationOptions = {
  parameters: TrainingParameters.parse({ heads: 2, maxEpochs: 1 }),
  initial: 4,
  batch: 4,
  rounds: 1,
  seeds: [1],
};
const slices = madeUpSlices(4, 7);
let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "sulcus-simulate-"));
});
afterAll(() => rm(root, { recursive: true }));

describe("a simulation of active learning", { timeout: 300_000 }, () => {
  it("judges every patient by models of others, after the same first slices and batches of one size", async () => {
    const steps: string[] = [];
    const runs = await simulateActiveLearning(await shippedBase(), slices, options, {
      onProgress: (done, total) => steps.push(`${done} of ${total}`),
    });
    const ways = ["random", "doubt", "disagreement"].flatMap((name) => [name, `${name}, capped`]);
    expect([...new Set(runs.map(wayName))]).toEqual(["study by study", ...ways]);
    expect(steps.at(-1)).toBe("18 of 18");
    for (const run of runs) {
      expect(run.points.map(({ labelled }) => labelled)).toEqual([4, 8]);
      expect(run.full.labelled).toBe(14);
      for (const { judged } of [...run.points, run.full]) expect(judged).toHaveLength(14);
    }
    for (const way of new Set(runs.map(wayName))) {
      const own = runs.filter((run) => wayName(run) === way);
      const judged = own.flatMap(({ full }) => full.judged.map(({ patient }) => patient));
      expect(own.map(({ fold }) => fold)).toEqual([0, 1]);
      expect(judged.sort()).toEqual(slices.map(({ hashedKey }) => hashedKey).sort());
    }
    // All begin alike; what they label next differs, and so does what comes of it.
    const said = (round: number) =>
      new Set(
        runs.filter(({ fold }) => fold === 0).map(({ points }) => JSON.stringify(points[round]!.judged)),
      ).size;
    expect(said(0)).toBe(1);
    expect(said(1)).toBeGreaterThan(3);
  });

  it("stops between two batches when it is cancelled", async () => {
    const stop = new AbortController();
    const cancelled = simulateActiveLearning(await shippedBase(), slices, options, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error("enough")),
    });
    await expect(cancelled).rejects.toThrow("enough");
  });

  it("refuses too few patients and more batches than there are slices", async () => {
    const inference = await shippedBase();
    await expect(simulateActiveLearning(inference, madeUpSlices(3, 5), options)).rejects.toMatchObject({
      said: { code: "simulation-needs-patients", needed: 4, patients: 3 },
    });
    await expect(simulateActiveLearning(inference, slices, { ...options, rounds: 9 })).rejects.toMatchObject({
      said: {
        code: "simulation-needs-slices",
        ...{ initial: 4, rounds: 9, batch: 4, needed: 40, slices: 14 },
      },
    });
  });
});

describe("sulcus simulate", { timeout: 300_000 }, () => {
  it("refuses wrong usage and what is no labelled set, in one line", async () => {
    expect(await runSulcus("simulate")).toMatchObject({ code: 2, stdout: "" });
    const rounds = await runSulcus("simulate", "--data", root, "--rounds", "0");
    expect(rounds).toMatchObject({ code: 2, stdout: "" });
    expect(rounds.stderr).toMatch(/^--rounds: /);
    const folder = path.join(root, "nothing");
    await mkdir(folder);
    await writeFile(path.join(folder, "readme.txt"), "no images");
    const nothing = await runSulcus("simulate", "--data", folder);
    expect(nothing).toMatchObject({ code: 1, stdout: "" });
    expect(nothing.stderr).toMatch(/^\S+nothing: holds no labelled slice\n$/);
  });

  it("says how many patients it lacks, and writes nothing", async () => {
    const { folder } = await copyPhantoms(path.join(root, "few"), { patients: 3, every: 10 });
    const out = path.join(root, "out");
    const few = await runSulcus("simulate", "--data", folder, "--out", out);
    expect(few).toMatchObject({ code: 1, stdout: "" });
    expect(few.stderr).toMatch(/^a simulation needs 4 patients [^\n]+; there are 2\n$/);
    await expect(rm(out, { recursive: true })).rejects.toThrow("ENOENT");
  });
});
