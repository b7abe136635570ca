import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shippedBase } from "@/lib/engine/bases/base-network";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { embedSlices } from "@/lib/engine/embedding/embed-slices";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { saveLabel } from "@/lib/features/labels/save-label";
import { findGate } from "@/lib/features/models/find-gate";
import { previewPromotion } from "@/lib/features/models/preview-promotion";
import { promoteModel } from "@/lib/features/models/promote-model";
import { requestComparison } from "@/lib/features/models/request-comparison";
import { rollBackModel } from "@/lib/features/models/roll-back-model";
import { seenPatients } from "@/lib/features/models/seen-patients";
import { predictKey } from "@/lib/features/predictions/jobs";
import { findRun } from "@/lib/features/runs/find-run";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { findStudy } from "@/lib/features/studies/find-study";
import { database, disconnect } from "@/lib/platform/database";
import { getObject } from "@/lib/platform/storage";
import type { Actor } from "@/lib/records/access";
import { decodeClassifier } from "@/lib/science/network/classifier-artifact";
import type { HeadWeights } from "@/lib/science/network/head";
import { type SliceOutput, studyEvidence } from "@/lib/science/network/study-evidence";
import { makeActor } from "../support/factories";
import { copyPhantoms } from "../support/phantom-set";
import { endOfJob, killWorkers, startWorkerProcess } from "../support/worker-process";

/** One story on one database, from an archive to the second candidate, with a real worker process. */

const maxEpochs = 3;
let archive: Awaited<ReturnType<typeof copyPhantoms>>;
let reader: Actor;
let admin: Actor;

beforeAll(async () => {
  // What the gate says of three epochs is another test's matter.
  process.env.SULCUS_GATE_MARGIN = "-1";
  archive = await copyPhantoms(await mkdtemp(path.join(tmpdir(), "sulcus-pipeline-")), {
    patients: 6,
    every: 3,
  });
  await ensureInitialModel();
  [reader, admin] = [await makeActor("READER"), await makeActor("ADMIN")];
  await startWorkerProcess();
});
afterAll(async () => {
  await killWorkers();
  await disconnect();
  await rm(archive.folder, { recursive: true });
});

const production = () => database().model.findFirstOrThrow({ where: { state: "PRODUCTION" } });

/** Labels slices again, with the class that they do not have. */
async function correct(count: number, skip: number) {
  const slices = await database().slice.findMany({
    include: { labels: { orderBy: { version: "desc" }, take: 1 } },
    orderBy: [{ position: "asc" }, { id: "asc" }],
    skip,
    take: count,
  });
  const { id: modelId } = await production();
  const saved = [];
  for (const { id, labels } of slices) {
    const { version, labelClass } = labels[0]!;
    saved.push(
      await saveLabel(reader, {
        sliceId: id,
        basedOn: version,
        saveId: randomUUID(),
        modelId,
        labelClass: labelClass === "TUMOR" ? "NO_TUMOR" : "TUMOR",
        act: "state",
        mask: "none",
      }),
    );
  }
  return saved.map(({ id }) => id);
}

async function train() {
  const parameters = { maxEpochs, batchSize: 8, heads: 2 };
  const request = RequestTraining.parse({ reason: "corrections", parameters });
  const { runId, jobId } = await requestTraining(reader, request);
  expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", error: null, attempts: 1 });
  const run = await findRun(reader, { runId });
  const model = await database().model.findUniqueOrThrow({
    where: { runId },
    include: { evaluations: { include: { rows: true } } },
  });
  const { snapshotId } = await database().trainingRun.findUniqueOrThrow({ where: { id: runId } });
  const items = await database().snapshotItem.findMany({ where: { snapshotId: snapshotId! } });
  return { run, model, items, snapshotId: snapshotId! };
}

/** What a model says of the cached features, its heads and stacking by plain arithmetic: slice to calibrated P(tumor). */
async function byHand(model: { artifactSha256: string; temperature: number }) {
  const { heads, stacking } = decodeClassifier(await getObject(model.artifactSha256));
  const base = await shippedBase();
  const studies = await database().study.findMany({ include: { slices: true } });
  const probabilities = new Map<string, number>();
  for (const { slices } of studies) {
    const outputs: SliceOutput[] = [];
    for await (const window of embedSlices(base, slices, new AbortController().signal))
      for (const { slice, embedding } of window) {
        const margins = heads.map((head) => marginOf(head, embedding.features));
        const headMargin = margins.reduce((sum, margin) => sum + margin, 0) / heads.length;
        outputs.push({ position: slice.position, headMargin, ...embedding });
      }
    const evidence = studyEvidence(outputs);
    const columns = evidence.length / slices.length;
    for (const [row, { id }] of slices.entries()) {
      let margin = outputs[row]!.headMargin;
      if (stacking) {
        margin = stacking.bias;
        for (let column = 0; column < columns; column++)
          margin += evidence[row * columns + column]! * stacking.weights[column]!;
      }
      probabilities.set(id, 1 / (1 + Math.exp(-margin / model.temperature)));
    }
  }
  expect(base.backboneRuns).toBe(0);
  return probabilities;
}

function marginOf({ layers }: HeadWeights, features: Float32Array): number {
  let values: ArrayLike<number> = features;
  layers.forEach(({ kernel, bias }, layer) => {
    const sums = Float64Array.from(bias);
    for (let input = 0; input < values.length; input++)
      for (let output = 0; output < sums.length; output++)
        sums[output]! += values[input]! * kernel[input * sums.length + output]!;
    values = layer < layers.length - 1 ? sums.map((sum) => Math.max(0, sum)) : sums;
  });
  return values[1]! - values[0]!;
}

async function expectPredictionsOf(model: Awaited<ReturnType<typeof production>>) {
  const predictions = await database().prediction.findMany({ where: { modelId: model.id } });
  expect(predictions).toHaveLength(archive.slices);
  const expected = await byHand(model);
  for (const { sliceId, pTumor, predictedClass, confidence } of predictions) {
    expect(Math.abs(pTumor - expected.get(sliceId)!)).toBeLessThan(1e-5);
    expect(predictedClass).toBe(pTumor >= model.threshold ? "TUMOR" : "NO_TUMOR");
    expect(confidence).toBe(predictedClass === "TUMOR" ? pTumor : 1 - pTumor);
  }
  return predictions;
}

describe("from an archive to a new model", { timeout: 300_000 }, () => {
  let corrected: string[];
  let first: Awaited<ReturnType<typeof train>>;

  it("an import is predicted by itself, as the shipped head says of the cached features", async () => {
    const { jobId } = await beginPathImport(admin, { file: archive.folder, cohort: "PHANTOM" });
    expect(await endOfJob(jobId)).toMatchObject({ status: "DONE" });
    const predicting = await database().job.findFirstOrThrow({ where: { kind: "predict-slices" } });
    expect(await endOfJob(predicting.id)).toMatchObject({ status: "DONE", progressDone: archive.slices });
    await expectPredictionsOf(await production());
  });

  it("a training learns from the corrections and makes a candidate, tested beside production on whole patients", async () => {
    corrected = await correct(3, 0);
    first = await train();
    const { run, model, items, snapshotId } = first;
    expect(run).toMatchObject({ cohort: "PHANTOM", phase: "register", backboneRuns: 0 });
    expect(run.backend!.considered.at(-1)).toMatchObject({ name: run.backend!.name, taken: true });
    const heads = new Set(run.epochs.map(({ head }) => head));
    expect(heads.size).toBeGreaterThan(0);
    for (const head of heads)
      expect(run.epochs.filter((one) => one.head === head).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(items).toHaveLength(archive.slices);
    expect(items.map(({ labelId }) => labelId)).toEqual(expect.arrayContaining(corrected));

    const tested = items.filter(({ split }) => split === "TEST");
    const testPatients = new Set(tested.map(({ patientId }) => patientId));
    expect(testPatients.size).toBeGreaterThan(0);
    for (const { patientId, split } of items) expect(testPatients.has(patientId)).toBe(split === "TEST");

    expect(model).toMatchObject({ state: "CANDIDATE", cohort: "PHANTOM", parentId: null });
    const counts = { snapshotId, patients: testPatients.size, slices: tested.length };
    expect(model.evaluations).toMatchObject([counts]);
    expect(new Set(model.evaluations[0]!.rows.map(({ patientId }) => patientId))).toEqual(testPatients);
    const current = await production();
    expect(
      await database().evaluation.findFirst({ where: { modelId: current.id, snapshotId } }),
    ).toMatchObject(counts);

    const seen = await database().patient.findMany({
      where: { hashedKey: { in: await seenPatients(model.id) } },
    });
    expect(seen.map(({ id }) => id).sort()).toEqual(
      [...new Set(items.filter(({ split }) => split !== "TEST").map(({ patientId }) => patientId))].sort(),
    );
  });

  it("a candidate predicts every slice as soon as it is made, and nobody sees that yet", async () => {
    const { id } = first.model;
    const job = await database().job.findFirstOrThrow({ where: { key: predictKey(id) } });
    expect(await endOfJob(job.id)).toMatchObject({ status: "DONE", progressDone: archive.slices });
    await expectPredictionsOf(first.model);
    let shown = 0;
    for (const study of await database().study.findMany()) {
      const { slices } = await findStudy(reader, { studyId: study.id });
      // The patients that the run keeps for testing are read blind from now on.
      for (const { prediction } of slices) {
        if (prediction) shown++;
        expect(prediction?.modelId).not.toBe(id);
      }
    }
    expect(shown).toBeGreaterThan(archive.slices / 2);
  });

  it("a promotion changes every prediction to what the new head says, and keeps the old ones", async () => {
    const before = await production();
    const { lacking, flips } = await previewPromotion(admin, { modelId: first.model.id });
    expect(lacking).toBe(0);
    const { jobId } = await promoteModel(admin, { modelId: first.model.id });
    expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", progressTotal: 0 });
    const after = await production();
    expect(after.id).toBe(first.model.id);
    expect((await database().model.findUniqueOrThrow({ where: { id: before.id } })).state).toBe("RETIRED");
    const predictions = await expectPredictionsOf(after);
    const old = await database().prediction.findMany({ where: { modelId: before.id } });
    const was = new Map(old.map(({ sliceId, pTumor }) => [sliceId, pTumor]));
    expect(was.size).toBe(archive.slices);
    for (const { sliceId, pTumor } of predictions) expect(pTumor).not.toBe(was.get(sliceId));
    const classes = new Map(old.map(({ sliceId, predictedClass }) => [sliceId, predictedClass]));
    const flipped = predictions.filter(
      ({ sliceId, predictedClass }) => classes.get(sliceId) !== predictedClass,
    );
    expect(flips!.toTumor.slices + flips!.toNoTumor.slices).toBe(flipped.length);
  });

  it("a second training after more corrections runs the backbone on nothing and keeps every patient's split", async () => {
    const more = await correct(2, 3);
    const second = await train();
    expect(second.run.backboneRuns).toBe(0);
    expect(second.run.snapshotHash).not.toBe(first.run.snapshotHash);
    const labels = new Set(first.items.map(({ labelId }) => labelId));
    const changed = second.items.filter(({ labelId }) => !labels.has(labelId));
    expect(changed.map(({ labelId }) => labelId).sort()).toEqual([...more].sort());
    const splits = new Map(first.items.map(({ sliceId, split }) => [sliceId, split]));
    for (const { sliceId, split } of second.items) expect(split).toBe(splits.get(sliceId));
    expect(second.model.number).toBe(first.model.number + 1);
    expect(await database().evaluation.count({ where: { snapshotId: second.snapshotId } })).toBe(2);
  });

  it("after a rollback that candidate is compared again, with the model that is in production then", async () => {
    const { id: modelId, runId } = await database().model.findFirstOrThrow({ orderBy: { number: "desc" } });
    const before = await database().evaluation.findFirstOrThrow({ where: { modelId } });
    await rollBackModel(admin, { modelId: first.model.id, reason: "the story wants it so" });
    const current = await production();
    expect(current.number).toBe(1);
    expect((await findGate(admin, { modelId })).verdict).toBeNull();
    await expect(promoteModel(admin, { modelId })).rejects.toMatchObject({
      said: { because: [{ code: "not-compared", production: 1 }] },
    });

    const { jobId } = await requestComparison(admin, { modelId });
    expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", error: null });
    const gate = await findGate(admin, { modelId });
    expect(gate).toMatchObject({ productionNumber: 1, verdict: { patients: before.patients } });
    const repeated = await database().evaluation.findFirstOrThrow({
      where: { modelId, comparedWithId: current.id },
    });
    // The same slices and head: only the model that it was compared with differs.
    expect(repeated.metrics).toEqual(before.metrics);
    expect(repeated.differences).not.toEqual(before.differences);
    const { snapshotId } = await database().trainingRun.findUniqueOrThrow({ where: { id: runId! } });
    expect(
      await database().evaluation.findFirst({ where: { modelId: current.id, snapshotId } }),
    ).toMatchObject({
      id: repeated.partnerId,
      patients: repeated.patients,
      slices: repeated.slices,
      comparedWithId: modelId,
    });
  });
});
