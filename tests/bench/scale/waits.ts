import { randomUUID } from "node:crypto";
import { listBases } from "@/lib/features/bases/list-bases";
import { findQueuePlace } from "@/lib/features/flags/find-queue-place";
import { listFlagged } from "@/lib/features/flags/list-flagged";
import { nextFlagged } from "@/lib/features/flags/next-flagged";
import { FlagFilter, ListFlagged } from "@/lib/features/flags/schema";
import { listImports } from "@/lib/features/imports/list-imports";
import { listJobs } from "@/lib/features/jobs/list-jobs";
import { nextUnlabelled } from "@/lib/features/labels/next-unlabelled";
import { readingTimes } from "@/lib/features/labels/reading-times";
import { saveLabel } from "@/lib/features/labels/save-label";
import { readersInModels } from "@/lib/features/lineage/readers-in-models";
import { compareWithProduction } from "@/lib/features/models/compare-with-production";
import { findGate } from "@/lib/features/models/find-gate";
import { findModel } from "@/lib/features/models/find-model";
import { findProduction } from "@/lib/features/models/find-production";
import { listModels } from "@/lib/features/models/list-models";
import { previewPromotion } from "@/lib/features/models/preview-promotion";
import { promoteModel } from "@/lib/features/models/promote-model";
import { rollBackModel } from "@/lib/features/models/roll-back-model";
import { findPatient } from "@/lib/features/patients/find-patient";
import { countUnpredicted, unpredictedStudies } from "@/lib/features/predictions/unpredicted-studies";
import { listRuns } from "@/lib/features/runs/list-runs";
import { trainingOutlook } from "@/lib/features/runs/training-outlook";
import { findSnapshot } from "@/lib/features/snapshots/find-snapshot";
import { listSnapshotItems } from "@/lib/features/snapshots/list-snapshot-items";
import { readSnapshot } from "@/lib/features/snapshots/read-snapshot";
import { ListSnapshotItems } from "@/lib/features/snapshots/schema";
import { takeSnapshot } from "@/lib/features/snapshots/take-snapshot";
import { verifySnapshot } from "@/lib/features/snapshots/verify-snapshot";
import { findStudy } from "@/lib/features/studies/find-study";
import { listStudies } from "@/lib/features/studies/list-studies";
import { ListStudies } from "@/lib/features/studies/schema";
import { readStatus } from "@/lib/features/system/read-status";
import { database, disconnect } from "@/lib/platform/database";
import { putObject } from "@/lib/platform/storage";
import { type Actor, systemActor } from "@/lib/records/access";
import { TrainingParameters } from "@/lib/records/training-parameters";
import { makeComparison } from "../../support/factories";
import { explainStatements, recordStatements } from "../../support/statements";
import { ids } from "./seed";

const admin: Actor = { id: ids.admin, email: "admin@scale.example", name: "An admin", role: "ADMIN" };
const reader: Actor = { id: ids.reader, email: "reader@scale.example", name: "A reader", role: "READER" };

/** How often each wait is measured, after one run that is not counted. */
const runs = 20;
/** Every page and every save; promotion and rollback may take a second. */
const goalMs = 200;
const switchGoalMs = 1_000;

interface Wait {
  name: string;
  goal: number | null;
  /** Does what a person waits for. `turn` counts from 0, so that turns differ. */
  run(turn: number): Promise<unknown>;
}

/** Measures what people wait for; gives the table's lines. */
export async function measureWaits(
  slices: number,
  { plans, only }: { plans: boolean; only: string | undefined },
): Promise<string[]> {
  const db = database();
  await giveFiles();
  const studies = await pick<{ id: string; patientId: string }>(`SELECT "id", "patientId" FROM "Study"`);
  const flagged = await pick<{ sliceId: string }>(
    `SELECT "sliceId" FROM "Flag" WHERE "modelId" = '${ids.production}'`,
  );
  const toSave = await pick<{ id: string }>(`SELECT "id" FROM "Slice"`);
  const at = <T>(rows: T[], turn: number) => rows[turn % rows.length]!;
  const worklist = (change: object) => listStudies(reader, ListStudies.parse(change));
  const middle = (await worklist({})).next!;
  const waits: Wait[] = [
    { name: "header of every page", goal: goalMs, run: () => findProduction(reader) },
    { name: "worklist by patient", goal: goalMs, run: () => worklist({}) },
    { name: "worklist, next page", goal: goalMs, run: () => worklist({ page: middle }) },
    { name: "worklist, least certain first", goal: goalMs, run: () => worklist({ order: "doubt" }) },
    { name: "worklist, newest first", goal: goalMs, run: () => worklist({ order: "newest" }) },
    { name: "worklist, flagged", goal: goalMs, run: () => worklist({ filter: "flagged" }) },
    { name: "worklist, unlabelled", goal: goalMs, run: () => worklist({ filter: "unlabelled" }) },
    { name: "worklist, corrected", goal: goalMs, run: () => worklist({ filter: "corrected" }) },
    { name: "worklist, kept for testing", goal: goalMs, run: () => worklist({ filter: "testing" }) },
    { name: "worklist, search", goal: goalMs, run: (turn) => worklist({ search: `${turn % 10}1` }) },
    { name: "flagged slices", goal: goalMs, run: () => listFlagged(reader, ListFlagged.parse({})) },
    {
      name: "flagged slices, model disagrees",
      goal: goalMs,
      run: () => listFlagged(reader, ListFlagged.parse({ reason: "MODEL_DISAGREES" })),
    },
    { name: "next flagged slice", goal: goalMs, run: (turn) => nextFlagged(reader, at(flagged, turn)) },
    {
      name: "place in the queue of flagged slices",
      goal: goalMs,
      run: (turn) => findQueuePlace(reader, { ...FlagFilter.parse({}), ...at(flagged, turn) }),
    },
    {
      name: "next unlabelled slice",
      goal: goalMs,
      run: (turn) => nextUnlabelled(reader, { sliceId: at(toSave, turn).id }),
    },
    { name: "study", goal: goalMs, run: (turn) => findStudy(reader, { studyId: at(studies, turn).id }) },
    { name: "patient", goal: goalMs, run: (turn) => findPatient(reader, at(studies, turn)) },
    {
      name: "training page",
      goal: goalMs,
      run: () => Promise.all([trainingOutlook(reader), listRuns(reader), listBases(reader)]),
    },
    { name: "models page", goal: goalMs, run: () => listModels(reader) },
    {
      name: "model page",
      goal: goalMs,
      run: () =>
        Promise.all(
          [findModel, compareWithProduction, findGate].map((find) =>
            find(reader, { modelId: ids.candidate }),
          ),
        ),
    },
    {
      name: "preview of a promotion",
      goal: goalMs,
      run: () => previewPromotion(admin, { modelId: ids.candidate }),
    },
    {
      name: "reports page",
      goal: goalMs,
      run: () => Promise.all([readingTimes(admin, { cohort: "REAL" }), readersInModels(admin)]),
    },
    { name: "jobs and imports", goal: goalMs, run: () => Promise.all([listJobs(admin), listImports(admin)]) },
    { name: "status", goal: goalMs, run: () => readStatus(systemActor) },
    {
      name: "choosing what to predict, first",
      goal: goalMs,
      run: () => unpredictedStudies({ id: ids.production, cohort: "REAL" }, { after: null, take: 16 }),
    },
    {
      name: "counting what to predict",
      goal: goalMs,
      run: () => countUnpredicted({ id: ids.production, cohort: "REAL" }),
    },
    { name: "save of a label", goal: goalMs, run: (turn) => save(at(toSave, turn)) },
  ];
  const lines = [
    `${slices.toLocaleString("en")} slices; ${runs} runs each, milliseconds`,
    row("", "p50", "p95", "goal p95", ""),
  ];
  for (const { name, goal, run } of waits.filter((wait) => wait.name.includes(only ?? ""))) {
    await run(runs);
    const times: number[] = [];
    for (let turn = 0; turn < runs; turn++) {
      // A wait may time itself, where it prepares something first.
      const whole = await msOf(async () => {
        const own = await run(turn);
        if (typeof own === "number") times.push(own);
      });
      if (times.length === turn) times.push(whole);
    }
    lines.push(timesRow(name, times, goal));
    if (plans) lines.push(...(await explainStatements(await recordStatements(() => run(0)))));
  }
  if (!only || "promotion".includes(only)) lines.push(...(await measureSwitches(toSave.slice(runs))));
  if (!only || "snapshot".includes(only)) lines.push(...(await measureSnapshot(slices)));
  await db.job.deleteMany({ where: { kind: "predict-slices" } });
  await disconnect();
  return lines;
}

/** What a measurement writes stays: some labels more, and a promotion that was rolled back. */
async function save({ id: sliceId }: { id: string }) {
  const { currentLabel } = await database().slice.findUniqueOrThrow({
    where: { id: sliceId },
    select: { currentLabel: { select: { version: true } } },
  });
  return msOf(async () => {
    const model = await database().model.findFirstOrThrow({ where: { state: "PRODUCTION" } });
    await saveLabel(reader, {
      sliceId,
      basedOn: currentLabel?.version ?? 0,
      saveId: randomUUID(),
      modelId: model.id,
      labelClass: "NO_TUMOR",
      act: "state",
      mask: "none",
    });
  });
}

/** Promotions and rollbacks while two people save without a pause. */
async function measureSwitches(toSave: { id: string }[]): Promise<string[]> {
  const times = { promote: [] as number[], rollBack: [] as number[], save: [] as number[] };
  let isSwitching = true;
  let refused = 0;
  const savers = [0, 1].map(async (saver) => {
    for (let turn = saver; isSwitching; turn += 2)
      await save(toSave[turn % toSave.length]!).then(
        (ms) => times.save.push(ms),
        // Another model went into production between what the reader saw and the save: the product says so.
        (error: { kind?: string }) => {
          if (error.kind !== "conflict") throw error;
          refused++;
        },
      );
  });
  for (let turn = 0; turn < 10; turn++) {
    times.promote.push(await msOf(() => promoteModel(admin, { modelId: ids.candidate })));
    times.rollBack.push(
      await msOf(() => rollBackModel(admin, { modelId: ids.candidate, reason: "a bench goes back" })),
    );
  }
  isSwitching = false;
  await Promise.all(savers);
  return [
    timesRow("promotion, others saving", times.promote, switchGoalMs),
    timesRow("rollback, others saving", times.rollBack, switchGoalMs),
    timesRow(`save during promotions (${times.save.length}, ${refused} refused)`, times.save, goalMs),
  ];
}

/** A snapshot of all labels and one of the default size: seconds, and by how much the process grows. */
async function measureSnapshot(slices: number): Promise<string[]> {
  await removeSnapshots();
  const lines = [];
  for (const maxSlices of [TrainingParameters.parse({}).maxSlices, 2_000_000]) {
    const run = await database().trainingRun.create({
      data: { parameters: { maxSlices }, seed: 1, cohort: "REAL", requestedById: ids.admin },
    });
    const name = maxSlices > slices ? "all labels" : `${maxSlices.toLocaleString("en")} slices`;
    let id = "";
    const took = await grown(async () => {
      id = await takeSnapshot(run.id, []);
    });
    lines.push(`snapshot of ${name}: ${took}`);
    lines.push(`verifying it: ${await grown(() => verifySnapshot(admin, { snapshotId: id }))}`);
    const items = await database().snapshotItem.count({ where: { snapshotId: id } });
    const times: { name: string; goal: number | null; run(turn: number): Promise<unknown> }[] = [
      {
        name: `64 of its ${items.toLocaleString("en")} slices`,
        goal: goalMs,
        run: (turn) => readSnapshot(id, { first: Math.floor((turn * items) / (runs + 1)), count: 64 }),
      },
      { name: "its page", goal: goalMs, run: () => findSnapshot(admin, { snapshotId: id }) },
      {
        name: "its labels, a page",
        goal: goalMs,
        run: () => listSnapshotItems(admin, ListSnapshotItems.parse({ snapshotId: id })),
      },
    ];
    for (const { name: what, goal, run: wait } of times) {
      await wait(runs);
      const measured = [];
      for (let turn = 0; turn < 5; turn++) measured.push(await msOf(() => wait(turn)));
      lines.push(timesRow(what, measured, goal));
    }
  }
  await removeSnapshots();
  return lines;
}

async function removeSnapshots() {
  await database().$transaction(
    async (db) => {
      await db.$executeRaw`SET LOCAL session_replication_role = replica`;
      await db.$executeRaw`TRUNCATE "SnapshotItem", "SnapshotContext"`;
      await db.$executeRaw`DELETE FROM "TrainingRun"`;
      await db.$executeRaw`DELETE FROM "Snapshot" n WHERE NOT EXISTS (SELECT FROM "Evaluation" e WHERE e."snapshotId" = n."id")`;
    },
    { timeout: 600_000 },
  );
}

/** Files for the two models, and a comparison in which the candidate is better: a promotion asks for both. */
async function giveFiles() {
  const db = database();
  if (await db.evaluation.findFirst({ where: { modelId: ids.candidate } })) return;
  for (const [id, text] of [
    [ids.production, "production"],
    [ids.candidate, "candidate"],
  ] as const) {
    const artifactSha256 = await putObject(
      new TextEncoder().encode(`the file of a ${text} model in a bench`),
    );
    await db.$transaction([
      db.$executeRaw`SET LOCAL session_replication_role = replica`,
      db.$executeRaw`UPDATE "Model" SET "artifactSha256" = ${artifactSha256} WHERE "id" = ${id}::uuid`,
    ]);
  }
  await makeComparison(
    { id: ids.candidate, cohort: "REAL" },
    { id: ids.production },
    { auc: [0.01, 0.001, 0.02] },
  );
}

/** Rows spread over a table. */
function pick<Row>(sql: string): Promise<Row[]> {
  return database().$queryRawUnsafe<Row[]>(`${sql} ORDER BY md5('pick' || ctid::text) LIMIT 2000`);
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function grown(work: () => Promise<unknown>): Promise<string> {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 50);
  const ms = await msOf(work);
  clearInterval(watch);
  return `${(ms / 1_000).toFixed(1)} s, the process grew by ${Math.round((most - before) / 2 ** 20)} MB at most`;
}

function timesRow(name: string, times: number[], goal: number | null): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
  const p95 = at(0.95);
  const met = goal === null ? "" : p95 <= goal ? "met" : "MISSED";
  return row(name, at(0.5).toFixed(0), p95.toFixed(0), goal === null ? "" : String(goal), met);
}

const row = (name: string, ...cells: string[]) =>
  [name.padEnd(44), ...cells.map((cell) => cell.padStart(9))].join(" ");
