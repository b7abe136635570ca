import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveLabel } from "@/lib/features/labels/save-label";
import { requestTraining } from "@/lib/features/runs/request-training";
import { RequestTraining } from "@/lib/features/runs/schema";
import { findSnapshot } from "@/lib/features/snapshots/find-snapshot";
import { takeSnapshot } from "@/lib/features/snapshots/take-snapshot";
import { verifySnapshot } from "@/lib/features/snapshots/verify-snapshot";
import { database, disconnect } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { RunNotes } from "@/lib/records/run-notes";
import { emptyDatabase, makeActor, makeStudy } from "../../support/factories";

const patients = 60;
const slicesEach = 5;
const corrected = [3, 17, 40];
let studies: Awaited<ReturnType<typeof makeStudy>>[];

beforeAll(async () => {
  await emptyDatabase();
  studies = [];
  for (let index = 0; index < patients; index++)
    studies.push(await makeStudy(`TCGA_CS_${1000 + index}`, [true, false, true, false, null]));
  const reader = await makeActor("READER");
  for (const index of corrected)
    await saveLabel(reader, {
      sliceId: studies[index]!.sliceIds[0]!,
      basedOn: 1,
      saveId: randomUUID(),
      modelId: null,
      labelClass: "NO_TUMOR",
      act: "state",
      mask: "none",
    });
});
afterAll(disconnect);

async function snapshotOf(maxSlices: number, seed = 1) {
  const { runId, jobId } = await requestTraining(
    systemActor,
    RequestTraining.parse({ cohort: "REAL", seed, parameters: { maxSlices } }),
  );
  const id = await takeSnapshot(runId, []);
  await database().job.update({ where: { id: jobId }, data: { status: "DONE" } });
  const run = await database().trainingRun.findUniqueOrThrow({ where: { id: runId } });
  const items = await database().snapshotItem.findMany({
    where: { snapshotId: id },
    orderBy: { index: "asc" },
  });
  return { id, notes: RunNotes.parse(run.notes), items };
}

describe("a snapshot of more slices than a run may use", () => {
  it("holds whole patients up to the bound, those with corrections among them, and says so", async () => {
    const all = await snapshotOf(2_000);
    expect(all.items).toHaveLength(patients * (slicesEach - 1));
    const bounded = await snapshotOf(100);
    const learned = bounded.items.filter(({ split }) => split !== "TEST");
    expect(learned).toHaveLength(100);
    const byPatient = new Map<string, number>();
    for (const { patientId } of bounded.items) byPatient.set(patientId, (byPatient.get(patientId) ?? 0) + 1);
    expect(new Set(byPatient.values())).toEqual(new Set([slicesEach - 1]));
    const splits = new Map(all.items.map((item) => [item.patientId, item.split]));
    for (const { patientId, split } of bounded.items) expect(split).toBe(splits.get(patientId));
    const learning = all.items.filter(({ split }) => split !== "TEST").map(({ patientId }) => patientId);
    for (const index of corrected) {
      const { patientId } = studies[index]!;
      if (learning.includes(patientId)) expect(byPatient.has(patientId)).toBe(true);
    }
    expect(bounded.notes).toContainEqual({
      code: "drawn-to-learn-from",
      drawn: 25,
      patients: new Set(learning).size,
      maxSlices: 100,
    });
    expect(all.notes.map(({ code }) => code)).not.toContain("drawn-to-learn-from");
    expect(bounded.items.map(({ index }) => index)).toEqual(bounded.items.map((_, place) => place));
    expect(await verifySnapshot(systemActor, { snapshotId: bounded.id })).toMatchObject({
      holds: true,
      items: bounded.items.length,
      contextSlices: bounded.items.length / (slicesEach - 1),
    });
    expect(await findSnapshot(systemActor, { snapshotId: bounded.id })).toMatchObject({
      labelledSlices: bounded.items.length,
      studies: byPatient.size,
      contextSlices: byPatient.size,
    });
  });

  it("is drawn alike for the same seed, and otherwise for another", async () => {
    const patientsOf = async (seed: number) => {
      const { items } = await snapshotOf(100, seed);
      return [...new Set(items.filter(({ split }) => split !== "TEST").map(({ patientId }) => patientId))];
    };
    const first = await patientsOf(1);
    expect(await patientsOf(1)).toEqual(first);
    expect(await patientsOf(2)).not.toEqual(first);
  });
});
