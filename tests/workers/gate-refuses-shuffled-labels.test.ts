import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureInitialModel } from "@/lib/engine/classifier/initial-model";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { saveLabel } from "@/lib/features/labels/save-label";
import type { SaveLabel } from "@/lib/features/labels/schema";
import { findGate } from "@/lib/features/models/find-gate";
import { previewPromotion } from "@/lib/features/models/preview-promotion";
import { promoteModel } from "@/lib/features/models/promote-model";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import type { GateVerdict } from "@/lib/science/metrics/gate";
import { seededRandom, shuffle } from "@/lib/science/training/random";
import { sayFigure, sayVerdict } from "@/lib/words/gate";
import { makeActor } from "../support/factories";
import { copyPhantoms } from "../support/phantom-set";
import { endOfJob, killWorkers, startWorkerProcess } from "../support/worker-process";

/** The shipped model is good on phantoms; a candidate that really learned from shuffled labels must not follow it. */

let archive: Awaited<ReturnType<typeof copyPhantoms>>;
let reader: Actor;
let admin: Actor;

beforeAll(async () => {
  archive = await copyPhantoms(await mkdtemp(path.join(tmpdir(), "sulcus-shuffled-")), { every: 2 });
  await ensureInitialModel();
  [reader, admin] = [await makeActor("READER"), await makeActor("ADMIN")];
  await startWorkerProcess();
  const { jobId } = await beginPathImport(admin, { file: archive.folder, cohort: "PHANTOM" });
  expect(await endOfJob(jobId)).toMatchObject({ status: "DONE" });
});
afterAll(async () => {
  await killWorkers();
  await disconnect();
  await rm(archive.folder, { recursive: true });
});

async function train() {
  const parameters = { maxEpochs: 15, batchSize: 16, heads: 2 };
  const { runId, jobId } = await requestTraining(reader, RequestTraining.parse({ parameters }));
  expect(await endOfJob(jobId)).toMatchObject({ status: "DONE", error: null });
  return database().model.findUniqueOrThrow({ where: { runId }, include: { run: true } });
}

/** Shuffles the labels of a snapshot's train and validation slices among them; the test patients keep theirs. */
async function shuffleLabels(snapshotId: string) {
  const items = await database().snapshotItem.findMany({
    where: { snapshotId, split: { not: "TEST" } },
    include: { label: true },
    orderBy: { sliceId: "asc" },
  });
  const classes = items.map(({ label }) => label.labelClass);
  shuffle(classes, seededRandom(3));
  let changed = 0;
  for (const [index, { sliceId, label }] of items.entries()) {
    if (classes[index] === label.labelClass) continue;
    const prediction = await database().prediction.findFirst({
      where: { sliceId, model: { state: "PRODUCTION" } },
    });
    await saveLabel(reader, {
      sliceId,
      basedOn: label.version,
      saveId: randomUUID(),
      modelId: prediction?.modelId ?? null,
      labelClass: classes[index] as SaveLabel["labelClass"],
      act: "state",
      mask: "none",
    });
    changed++;
  }
  return changed / items.length;
}

const difference = (verdict: GateVerdict | null) =>
  verdict!.figures.find(({ name }) => name === "auc")!.difference!.value!;

it("a candidate that learned from shuffled labels is refused, whatever reason is given", {
  timeout: 600_000,
}, async () => {
  const production = await database().model.findFirstOrThrow({ where: { state: "PRODUCTION" } });
  const right = await train();
  const gateOfRight = await findGate(admin, { modelId: right.id });

  expect(await shuffleLabels(right.run!.snapshotId!)).toBeGreaterThan(0.3);
  const shuffled = await train();
  const gate = await findGate(admin, { modelId: shuffled.id });
  for (const { verdict } of [gateOfRight, gate])
    console.log(sayVerdict(verdict!.says), ...verdict!.figures.map(({ says }) => sayFigure(says)));
  // Same slices, test patients and settings: what differs is the labels that it learned from.
  expect(gate.verdict).toMatchObject({ outcome: "failed", patients: gateOfRight.verdict!.patients });
  expect(difference(gate.verdict)).toBeLessThan(difference(gateOfRight.verdict));

  const { refusals } = await previewPromotion(admin, { modelId: shuffled.id });
  expect(refusals).toHaveLength(1);
  for (const reason of [undefined, "I want it in production all the same"])
    await expect(promoteModel(admin, { modelId: shuffled.id, reason })).rejects.toMatchObject({
      kind: "conflict",
      said: {
        code: "not-promotable",
        because: [{ code: "gate-refuses", number: 3, production: 1 }],
      },
    });
  expect(await database().model.findFirst({ where: { state: "PRODUCTION" } })).toEqual(production);
});
