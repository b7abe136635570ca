import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import { compareWithProduction } from "@/lib/features/models/compare-with-production";
import { findReport } from "@/lib/features/reports/find-report";
import { database, disconnect } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { emptyDatabase, makeModel, makeStudy, someMetrics } from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

/** A model with figures on these patients, `[key, slices, slices with tumor]`, after a run on the same snapshot. */
async function tested(patients: [string, number, number][]) {
  const db = database();
  const snapshot = await db.snapshot.create({ data: { hash: randomUUID(), cohort: "REAL" } });
  const notes = ["Split by patient: 5 train (0 of them seen before), 1 validation, 3 test."];
  const run = await db.trainingRun.create({
    data: { parameters: {}, seed: 1, cohort: "REAL", notes, snapshotId: snapshot.id },
  });
  const model = await makeModel("CANDIDATE", { runId: run.id });
  const rows = [];
  for (const [key, slices, tumorSlices] of patients) {
    const { patientId } = await makeStudy(key, []);
    rows.push({ patientId, slices, tumorSlices, tp: 0, fp: 0, tn: 0, fn: 0 });
  }
  await db.evaluation.create({
    data: {
      modelId: model.id,
      snapshotId: snapshot.id,
      metrics: someMetrics,
      patients: patients.length,
      slices: 1,
      rows: { create: rows },
    },
  });
  const [report, comparison] = await Promise.all([
    findReport(systemActor, { modelId: model.id }),
    compareWithProduction(systemActor, { modelId: model.id }),
  ]);
  for (const note of comparison.notes.filter((one) => one.startsWith("The test")))
    expect(report.notes).toContain(note);
  return { report: report.notes.join(" "), comparison: comparison.notes.join(" ") };
}

it("model and report say beside the figures what few patients of one site can show, and how they were split", async () => {
  const notes = await tested([
    ["TCGA_CS_0001", 10, 4],
    ["TCGA_CS_0002", 10, 2],
    ["TCGA_CS_0003", 10, 10],
  ]);
  for (const text of Object.values(notes)) {
    expect(text).toContain("Split by patient: 5 train");
    expect(text).toContain("only 3 patients: its figures and intervals are unreliable");
    expect(text).toContain("one site (CS)");
    expect(text).toContain("1 of 3 test patients has slices of one class");
    expect(text).toContain("not of telling ill from healthy");
  }
});

it("they say so where no test slice is free of tumor", async () => {
  const notes = await tested([
    ["TCGA_CS_0001", 3, 3],
    ["TCGA_DU_0002", 4, 4],
  ]);
  for (const text of Object.values(notes)) {
    expect(text).toContain("specificity and AUC cannot be claimed");
    expect(text).not.toContain("one site");
  }
});
