import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shippedBase } from "@/lib/engine/bases/base-network";
import { openBase } from "@/lib/engine/bases/open-base";
import { openModel } from "@/lib/engine/classifier/classifier";
import { evaluateArchive } from "@/lib/engine/classifier/evaluate-archive";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { embedSlices } from "@/lib/engine/embedding/embed-slices";
import { listBases } from "@/lib/features/bases/list-bases";
import { registeredBase } from "@/lib/features/bases/registered-base";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { seenPatients } from "@/lib/features/models/seen-patients";
import { explainSliceJob } from "@/lib/features/predictions/jobs";
import { findRun } from "@/lib/features/runs/find-run";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { enqueue } from "@/lib/platform/jobs";
import { getObject } from "@/lib/platform/storage";
import type { Actor } from "@/lib/records/access";
import { hashPatientKey } from "@/lib/records/hash-patient-key";
import { decodeImage } from "@/lib/science/imaging/decode-image";
import { toNetworkInput } from "@/lib/science/imaging/to-network-input";
import { relativeDifference } from "@/lib/science/network/relative-difference";
import { resnet50 } from "@/lib/science/network/resnet50";
import { makeActor } from "../support/factories";
import { kerasFile } from "../support/keras-file";
import { madeUpWeights } from "../support/made-up-weights";
import { copyPhantoms } from "../support/phantom-set";
import { runSulcus } from "../support/run-sulcus";
import { endOfJob, killWorkers, shareGraph, startWorkerProcess } from "../support/worker-process";

/** One story on one database: a second base comes in, and models on either are trained, compared and served. */

const never = new AbortController().signal;
let folder: string;
let archive: Awaited<ReturnType<typeof copyPhantoms>>;
let admin: Actor;
/** The test patient of the shipped base's run, which the second base has seen. */
let seenKey: string;
let second: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sulcus-bases-"));
  archive = await copyPhantoms(path.join(folder, "phantoms"), { patients: 8, every: 5 });
  await shareGraph();
  await ensureInitialModel();
  admin = await makeActor("ADMIN");
  await startWorkerProcess();
  const { jobId } = await beginPathImport(admin, { file: archive.folder, cohort: "PHANTOM" });
  await endOfJob(jobId);
  await endOfJob((await database().job.findFirstOrThrow({ where: { kind: "predict-slices" } })).id);
});
afterAll(async () => {
  await killWorkers();
  await disconnect();
  await rm(folder, { recursive: true });
});

const shipped = async () => (await listBases(admin))[0]!.sha256;
const production = () => database().model.findFirstOrThrow({ where: { state: "PRODUCTION" } });

async function train(parameters: { baseSha256?: string } = {}) {
  const request = RequestTraining.parse({
    parameters: { maxEpochs: 2, batchSize: 8, heads: 2, ...parameters },
  });
  const { runId, jobId } = await requestTraining(admin, request);
  expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", error: null });
  const model = await database().model.findUniqueOrThrow({
    where: { runId },
    include: { evaluations: true },
  });
  const { snapshotId } = await database().trainingRun.findUniqueOrThrow({ where: { id: runId } });
  const items = await database().snapshotItem.findMany({
    where: { snapshotId: snapshotId! },
    include: { patient: { select: { key: true } } },
  });
  const tested = new Set(items.flatMap(({ split, patient }) => (split === "TEST" ? [patient.key] : [])));
  return { run: await findRun(admin, { runId }), model, tested, items: items.length };
}

describe("two bases side by side", { timeout: 300_000 }, () => {
  let first: Awaited<ReturnType<typeof train>>;
  let other: Awaited<ReturnType<typeof train>>;

  it("a base comes in by the command, with the patients it has seen, and leaves nothing behind where it is refused", async () => {
    first = await train();
    expect(first.run.base).toMatchObject({ sha256: await shipped(), name: "resnet50-lgg-base" });
    seenKey = [...first.tested].sort()[0]!;

    const weights = madeUpWeights(resnet50());
    const [keras, seen] = [path.join(folder, "second.h5"), path.join(folder, "seen.txt")];
    await writeFile(keras, await kerasFile(weights));
    await writeFile(seen, `${seenKey}\n`);

    const untold = await runSulcus("base-import", keras);
    expect(untold).toMatchObject({ code: 1, stdout: "" });
    expect(untold.stderr).toMatch(/^Which patients this base has seen must be told.*--seen-none/);
    expect(await listBases(admin)).toHaveLength(1);

    const { code, stdout, stderr } = await runSulcus(
      "base-import",
      keras,
      "--seen",
      seen,
      "--name",
      "made up",
      "--json",
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "running the network on test images\n" });
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({
      name: "made up",
      outputs: ["features"],
      seenPatients: 1,
      leftOut: [],
      golden: {},
    });
    expect(told.selfCheck).toBeLessThan(1e-4);
    second = told.sha256;
    const row = await registeredBase(second);
    expect(row).toMatchObject({ seenPatients: [hashPatientKey(seenKey)], outputs: ["features"] });
    expect((await runSulcus("bases")).stdout).toContain(
      `${second.slice(0, 12)}  made up: features; has seen 1 patient;`,
    );
  });

  it("each base's features are its own, and are kept apart", async () => {
    const slices = await database().slice.findMany({ take: 3 });
    const [ours, theirs] = [await shippedBase(), await openBase(second)];
    for (const base of [ours, theirs]) {
      // Twice: as they are made, and as they are read from the cache.
      for (const _ of [1, 2]) {
        for await (const window of embedSlices(base, slices, never)) {
          for (const { slice, embedding } of window) {
            const input = toNetworkInput(await decodeImage(await getObject(slice.fileSha256)));
            const direct = await base.embed(input);
            expect(relativeDifference(embedding.features, direct.features)).toBeLessThan(1e-6);
            expect(embedding.maskLogits === null).toBe(base === theirs);
            expect(embedding.gapLogit === null).toBe(base === theirs);
            if (direct.gapLogits) expect(embedding.gapLogit).toBeCloseTo(direct.gapLogits[0]!, 4);
          }
        }
      }
    }
  });

  it("a run on the second base embeds again, never tests on patients that base has seen, and meets production on its own base", async () => {
    other = await train({ baseSha256: second });
    expect(other.run.base).toEqual({ sha256: second, name: "made up" });
    // Three of its images were embedded above.
    expect(other.run.backboneRuns).toBe(other.items - 3);
    expect(other.tested.has(seenKey)).toBe(false);
    expect([...other.tested].sort()).toEqual([...first.tested].filter((key) => key !== seenKey).sort());
    expect(other.run.notes).toContainEqual(expect.objectContaining({ code: "left-out" }));
    expect(other.model).toMatchObject({ baseSha256: second });
    expect(await seenPatients(other.model.id)).toContain(hashPatientKey(seenKey));

    const evaluation = other.model.evaluations[0]!;
    expect(evaluation.metrics).toMatchObject({ masks: null });
    const { id: comparedWithId } = await production();
    expect(evaluation).toMatchObject({ comparedWithId, patients: other.tested.size });
    expect(evaluation.differences).not.toBeNull();
    const ofProduction = await database().evaluation.findFirstOrThrow({
      where: { modelId: comparedWithId, snapshotId: evaluation.snapshotId },
    });
    expect(ofProduction.metrics).toMatchObject({ masks: { patients: other.tested.size } });
  });

  it("a run without a chosen base takes production's, and embeds nothing that it knows", async () => {
    const again = await train();
    expect(again.run.base!.sha256).toBe(await shipped());
    expect(again.run.backboneRuns).toBe(0);
    expect(again.tested).toEqual(first.tested);
  });

  it("its model predicts from its own features, explains by them, and proposes no mask", async () => {
    const { model } = other;
    const { id: predicting } = await database().job.findFirstOrThrow({
      where: { kind: "predict-slices", payload: { path: ["modelId"], equals: model.id } },
    });
    expect(await endOfJob(predicting)).toMatchObject({ status: "DONE", error: null });
    const predictions = await database().prediction.findMany({ where: { modelId: model.id } });
    expect(predictions).toHaveLength(archive.slices);
    const inference = await openBase(second);
    const classifier = await openModel(inference, model);
    for (const { slices } of await database().study.findMany({
      include: { slices: { orderBy: { position: "asc" } } },
    })) {
      const embedded = [];
      for await (const window of embedSlices(inference, slices, never)) embedded.push(...window);
      const verdicts = await classifier.predictStudy(
        embedded.map(({ slice, embedding }) => ({ position: slice.position, embedding })),
      );
      for (const [index, { slice }] of embedded.entries()) {
        const said = predictions.find(({ sliceId }) => sliceId === slice.id)!;
        expect(said.pTumor).toBeCloseTo(verdicts[index]!.pTumor, 5);
        expect(said).toMatchObject({ areaPixels: null, maskSha256: null });
      }
    }
    await classifier.close();

    const payload = { sliceId: predictions[0]!.sliceId, modelId: model.id };
    const explaining = await transaction((db) => enqueue(db, explainSliceJob, payload));
    expect(await endOfJob(explaining)).toMatchObject({ status: "DONE", error: null });

    const { report } = await evaluateArchive({ ...model, seenPatients: [] }, archive.folder, () => {});
    expect(report).toMatchObject({ slices: archive.slices, masks: null });
    const ofProduction = { modelId: (await production()).id, areaPixels: null };
    expect(await database().prediction.count({ where: ofProduction })).toBe(0);
  });

  it("goes out with the patients it has seen, and is known when it comes back", async () => {
    const file = path.join(folder, "out.safetensors");
    expect(await runSulcus("base-export", "made up", file)).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(`${file}.card.json`, "utf8"))).toMatchObject({
      sha256: second,
      trainedOn: { patientKeySha256: [hashPatientKey(seenKey)] },
    });
    const back = await runSulcus("base-import", file, "--card", `${file}.card.json`);
    expect(back).toMatchObject({ code: 1, stderr: "This base is there already, as made up\n" });
    const contradicting = await runSulcus("base-import", file, "--card", `${file}.card.json`, "--seen-none");
    expect(contradicting.stderr).toContain("--seen-none contradicts it");
  });
});
