import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { registerModel } from "@/lib/features/models/register-model";
import { seenPatients } from "@/lib/features/models/seen-patients";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { getObject, putObject } from "@/lib/platform/storage";
import { hashPatientKey } from "@/lib/records/hash-patient-key";
import { decodeClassifier, encodeClassifier } from "@/lib/science/network/classifier-artifact";
import { makeZip } from "../support/make-zip";
import { copyPhantoms } from "../support/phantom-set";
import { runSulcus } from "../support/run-sulcus";
import { shareGraph } from "../support/worker-process";

const threshold = 0.25;
let root: string;
let archive: Awaited<ReturnType<typeof copyPhantoms>>;
let zip: string;
let patientKeys: string[];

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "sulcus-evaluate-"));
  archive = await copyPhantoms(path.join(root, "set"), { patients: 3, every: 4 });
  const files = await readdir(archive.folder, { recursive: true, withFileTypes: true });
  const entries = files
    .filter((file) => file.isFile())
    .map(async (file) => {
      const place = path.join(file.parentPath, file.name);
      return { name: path.relative(archive.folder, place), bytes: await readFile(place), store: true };
    });
  zip = path.join(root, "set.zip");
  await writeFile(zip, makeZip(await Promise.all(entries)));
  patientKeys = (await readdir(archive.folder)).sort().map((study) => study.replace(/_\d{8}$/, ""));
  await ensureInitialModel();
  await shareGraph();
});
afterAll(async () => {
  await disconnect();
  await rm(root, { recursive: true });
});

/** The shipped head under another number, as if it had seen these patients too. */
async function makeModelThatSaw(keys: string[]): Promise<number> {
  const shipped = await database().model.findFirstOrThrow({ where: { number: 1 } });
  const weights = decodeClassifier(await getObject(shipped.artifactSha256));
  const artifactSha256 = await putObject(encodeClassifier(weights, { seen: keys.join(" ") }));
  const { baseSha256, temperature } = shipped;
  const patients = {
    train: [...(await seenPatients(shipped.id)), ...keys.map(hashPatientKey)],
  };
  const model = { artifactSha256, baseSha256, temperature, threshold, patients };
  const id = await transaction((db) =>
    registerModel(db, { ...model, cohort: "REAL", card: {}, runId: null }),
  );
  return (await database().model.findUniqueOrThrow({ where: { id } })).number;
}

function evaluate(data: string, model?: number) {
  const options = model === undefined ? [] : ["--model", String(model)];
  return runSulcus("evaluate", "--data", data, ...options, "--json");
}

const figureNames = [
  "accuracy",
  "balancedAccuracy",
  "sensitivity",
  "specificity",
  "precision",
  "f1",
  "auc",
  "averagePrecision",
  "brier",
  "ece",
];
const keys = ["model", "base", "patients", "slices", "threshold", ...figureNames, "confusion", "dice"].concat(
  "emptySliceFalsePositivePixels",
  "seenPatients",
  "secondsPerSlice",
);

describe("an evaluation of an archive", { timeout: 300_000 }, () => {
  it("leaves seen patients out, counts them, and scores the others at the model's own threshold", async () => {
    const model = await makeModelThatSaw(patientKeys.slice(0, 1));
    const { code, stdout, stderr } = await evaluate(zip, model);
    expect(code, stderr).toBe(0);
    const figures = JSON.parse(stdout);
    expect(Object.keys(figures).sort()).toEqual([...keys].sort());
    const left = (await readdir(archive.folder, { recursive: true })).filter(
      (file) => file.endsWith("_mask.tif") && !file.includes(patientKeys[0]!),
    );
    expect(figures).toMatchObject({ model, threshold, patients: 2, slices: left.length, seenPatients: 1 });
    const { tp, fp, tn, fn } = figures.confusion;
    expect(tp + fp + tn + fn).toBe(left.length);
    expect(figures.accuracy).toBeCloseTo((tp + tn) / left.length, 12);
    expect(Object.keys(figures.dice).sort()).toEqual(["patientMean", "pooled", "tumorSlices"]);
    for (const name of [...figureNames, "secondsPerSlice"])
      expect(figures[name], name).toEqual(expect.any(Number));
    expect(await database().slice.count()).toBe(0);
  });

  it("claims nothing where every patient has been seen", async () => {
    const model = await makeModelThatSaw(patientKeys);
    const { code, stdout, stderr } = await evaluate(archive.folder, model);
    expect(code, stderr).toBe(0);
    const figures = JSON.parse(stdout);
    expect(Object.keys(figures).sort()).toEqual([...keys].sort());
    expect(figures).toMatchObject({
      patients: 0,
      slices: 0,
      seenPatients: 3,
      confusion: { tp: 0, fp: 0, tn: 0, fn: 0 },
      dice: { pooled: null, patientMean: null, tumorSlices: null },
      emptySliceFalsePositivePixels: null,
      secondsPerSlice: null,
    });
    for (const name of figureNames) expect(figures[name], name).toBeNull();
  });

  it("says in one line that a file is no archive", async () => {
    const file = path.join(root, "broken.zip");
    await writeFile(file, "not an archive");
    const { code, stdout, stderr } = await evaluate(file);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
