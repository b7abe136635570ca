import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBase } from "@/lib/engine/bases/open-base";
import { openModel } from "@/lib/engine/classifier/classifier";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { embedSlices } from "@/lib/engine/embedding/embed-slices";
import { listFlagged } from "@/lib/features/flags/list-flagged";
import { ListFlagged } from "@/lib/features/flags/schema";
import { promoteModel } from "@/lib/features/models/promote-model";
import { rollBackModel } from "@/lib/features/models/roll-back-model";
import { findPatient } from "@/lib/features/patients/find-patient";
import { predictAllKey, predictSlicesJob } from "@/lib/features/predictions/jobs";
import { readProposedMask } from "@/lib/features/predictions/read-proposed-mask";
import { findStudy } from "@/lib/features/studies/find-study";
import { listStudies } from "@/lib/features/studies/list-studies";
import { ListStudies } from "@/lib/features/studies/schema";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { enqueue } from "@/lib/platform/jobs";
import type { Actor } from "@/lib/records/access";
import { reviewBelow } from "@/lib/records/review-level";
import type { StudyRow } from "@/lib/records/study-row";
import { makeActor, makeComparison } from "../support/factories";
import { makeImageStudy, type StoredImage, storeImages } from "../support/image-studies";
import { makeSecondModel } from "../support/second-model";
import { killWorkers, shareGraph, startWorkerProcess, until } from "../support/worker-process";

/**
 * Promotions and rollbacks in a loop while people read, slices arrive and a real worker predicts them: no read fails, and
 * whatever a read gives is one model's.
 */

const slicesAStudy = 40;
const [studiesAtFirst, rounds, readers] = [12, 15, 8];

let images: StoredImage[];
let admin: Actor;
let reader: Actor;
let models: Awaited<ReturnType<typeof makeSecondModel>>[];
/** By model id: what it says of each slice of a study, by the study's first image and the slice's place. */
type Predicted = Awaited<ReturnType<Awaited<ReturnType<typeof openModel>>["predictStudy"]>>[number];
const expected = new Map<string, Predicted[][]>();
/** Slice id to its study's first image and its place there. */
const places = new Map<string, [first: number, place: number]>();

beforeAll(async () => {
  await shareGraph();
  await ensureInitialModel();
  images = await storeImages(3);
  const first = await database().model.findFirstOrThrow();
  models = [first, await makeSecondModel(1.5)];
  await makeComparison(models[1]!, first, { auc: [0.01, 0, 0.02] });
  [admin, reader] = [await makeActor("ADMIN"), await makeActor("READER")];
  for (const model of models) await expectationsOf(model);
  for (let index = 0; index < studiesAtFirst; index++) await arrive(index);
  await startWorkerProcess();
});
afterAll(async () => {
  await killWorkers();
  await disconnect();
});

const firstImageOf = (study: number) => study % images.length;
const imagesOf = (first: number) =>
  Array.from({ length: slicesAStudy }, (_, at) => images[(at + first) % images.length]!);

async function expectationsOf(model: (typeof models)[number]) {
  const base = await openBase(model.baseSha256);
  const classifier = await openModel(base, model);
  const byFirst = [];
  for (let first = 0; first < images.length; first++) {
    const study = [];
    for await (const window of embedSlices(base, imagesOf(first), new AbortController().signal)) {
      for (const { embedding } of window) study.push({ position: study.length + 1, embedding });
    }
    byFirst.push(await classifier.predictStudy(study));
  }
  await classifier.close();
  expected.set(model.id, byFirst);
}

/** A study arrives, as an import brings it: slices, and the job that predicts them. */
async function arrive(index: number) {
  const made = await makeImageStudy(`PHANTOM_01_${1000 + index}`, imagesOf(firstImageOf(index)));
  await transaction((db) => enqueue(db, predictSlicesJob, {}, { key: predictAllKey, again: true }));
  return made;
}

const numberOf = (studyKey: string) => Number(/_(\d{4})_1$/.exec(studyKey)![1]) - 1000;

interface Shown {
  pTumor: number;
  predictedClass: string;
}
interface Said extends Shown {
  confidence: number;
  /** Of the image by itself. */
  aloneClass: string;
}

/** What a model says of a slice. */
function saidBy(model: (typeof models)[number], [first, place]: [number, number]): Said {
  const { pTumor, pTumorAlone } = expected.get(model.id)![first]![place]!;
  const classOf = (p: number) => (p >= model.threshold ? "TUMOR" : "NO_TUMOR");
  const predictedClass = classOf(pTumor);
  const confidence = predictedClass === "TUMOR" ? pTumor : 1 - pTumor;
  return { pTumor, predictedClass, confidence, aloneClass: classOf(pTumorAlone ?? pTumor) };
}

const same = (a: Shown, b: Shown) =>
  Math.abs(a.pTumor - b.pTumor) < 1e-6 && a.predictedClass === b.predictedClass;

const reasonsOf = ({ confidence, predictedClass, aloneClass }: Said, labelClass: string) => [
  ...(confidence < reviewBelow ? ["LOW_CONFIDENCE"] : []),
  ...(predictedClass !== labelClass ? ["MODEL_DISAGREES"] : []),
  ...(predictedClass !== aloneClass ? ["NEIGHBOURS_DISAGREE"] : []),
];

it("no read fails and none mixes models, and every prediction carries the model that made it", {
  timeout: 500_000,
}, async () => {
  const learn = async () => {
    for (const { id, position, study } of await database().slice.findMany({ include: { study: true } }))
      places.set(id, [firstImageOf(numberOf(study.key)), position - 1]);
  };
  await learn();
  const studies = await database().study.findMany();
  await until(
    async () => (await database().prediction.count()) === studiesAtFirst * slicesAStudy,
    () => "the first predictions",
  );

  const seenModels = new Set<string>();
  let reads = 0;
  let switching = true;
  const checks = [
    async () => {
      const { id } = studies[reads % studies.length]!;
      const { slices } = await findStudy(reader, { studyId: id });
      const shown = slices.flatMap(({ prediction }) => prediction ?? []);
      expect(new Set(shown.map(({ modelId }) => modelId)).size).toBeLessThanOrEqual(1);
      const model = models.find((one) => one.id === shown[0]?.modelId);
      if (model) seenModels.add(model.id);
      for (const { id: sliceId, prediction, flags, label } of slices) {
        if (prediction) expect(same(prediction, saidBy(model!, places.get(sliceId)!))).toBe(true);
        const said = prediction && saidBy(model!, places.get(sliceId)!);
        expect(flags).toEqual(said ? reasonsOf(said, label!.labelClass) : []);
      }
      const withMask = slices.find(({ prediction }) => prediction?.maskSha256);
      if (!withMask) return;
      const mask = await readProposedMask(reader, { sliceId: withMask.id, modelId: model!.id });
      expect(mask!.modelNumber).toBe(model!.number);
    },
    async () => {
      const page = await listStudies(reader, ListStudies.parse({}));
      for (const row of page.rows) expectOneModel(row);
    },
    async () => {
      const { patientId } = studies[reads % studies.length]!;
      for (const row of (await findPatient(reader, { patientId })).studies) expectOneModel(row);
    },
    async () => {
      const { rows } = await listFlagged(reader, ListFlagged.parse({}));
      const known = rows.filter(({ sliceId }) => places.has(sliceId));
      const speaker = models.filter((model) =>
        known.every((row) => {
          const said = saidBy(model, places.get(row.sliceId)!);
          return same(row, said) && `${row.reasons}` === `${reasonsOf(said, row.labelClass!)}`;
        }),
      );
      expect(speaker.length).toBeGreaterThan(0);
    },
  ];

  /** Of a study that is predicted whole: doubt, flags and counts as one of the models makes them. */
  function expectOneModel(row: StudyRow) {
    if (row.predicted === 0) expect(row).toMatchObject({ lowestConfidence: null, flagged: 0 });
    if (row.predicted !== row.slices) return;
    const first = firstImageOf(numberOf(row.key));
    const said = (model: (typeof models)[number]) =>
      Array.from({ length: slicesAStudy }, (_, at) => {
        const one = saidBy(model, [first, at]);
        return { ...one, reasons: reasonsOf(one, at % 2 ? "NO_TUMOR" : "TUMOR") };
      });
    const speaker = models.filter((model) => {
      const all = said(model);
      return (
        row.predictedTumor === all.filter(({ predictedClass }) => predictedClass === "TUMOR").length &&
        row.flagged === all.filter(({ reasons }) => reasons.length > 0).length &&
        Math.abs(row.lowestConfidence! - Math.min(...all.map(({ confidence }) => confidence))) < 1e-6
      );
    });
    expect(speaker).toHaveLength(1);
  }

  const reading = Array.from({ length: readers }, async (_, index) => {
    while (switching) {
      await checks[(index + reads) % checks.length]!();
      reads++;
    }
  });
  const [first, second] = models;
  for (let round = 0; round < rounds; round++) {
    await promoteModel(admin, { modelId: second!.id });
    await arrive(studiesAtFirst + round);
    // Every few rounds the worker gets into the middle of them.
    await sleep(round % 3 ? 0 : 300);
    await rollBackModel(admin, { modelId: second!.id, reason: "another round" });
    await sleep(round % 2 ? 0 : 200);
  }
  switching = false;
  await Promise.all(reading);
  expect(seenModels).toEqual(new Set([first!.id, second!.id]));
  expect(await database().modelDecision.count()).toBe(1 + 2 * rounds);

  await until(
    async () => (await database().job.count({ where: { status: { in: ["WAITING", "RUNNING"] } } })) === 0,
    () => "the worker's last job",
  );
  expect(await database().job.count({ where: { status: { not: "DONE" } } })).toBe(0);
  await learn();
  const written = await database().prediction.findMany();
  for (const prediction of written) {
    const model = models.find(({ id }) => id === prediction.modelId)!;
    expect(same(prediction, saidBy(model, places.get(prediction.sliceId)!))).toBe(true);
  }
  const by = models.map(({ id }) => written.filter(({ modelId }) => modelId === id).length);
  // The one that is in production at the end has predicted everything; the other one what it came to.
  expect(by[0]).toBe((studiesAtFirst + rounds) * slicesAStudy);
  expect(by[1]).toBeGreaterThan(0);
  console.log(`${2 * rounds} switches, ${reads} reads, predictions by model: ${by.join(" and ")}`);
});
