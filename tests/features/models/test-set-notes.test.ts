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
  const notes = [
    { code: "split", train: 5, trainSeen: 0, validation: 1, test: 3 },
    { code: "few-test-patients", patients: patients.length },
    { code: "as-written", text: "What version 0.2.0 wrote." },
  ];
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
  return { report: report.notes, comparison: comparison.notes };
}

it("model and report say beside the figures what few patients of one site can show, and how they were split", async () => {
  const notes = await tested([
    ["TCGA_CS_0001", 10, 4],
    ["TCGA_CS_0002", 10, 2],
    ["TCGA_CS_0003", 10, 10],
  ]);
  for (const own of Object.values(notes)) {
    expect(own).toContainEqual({ code: "split", train: 5, trainSeen: 0, validation: 1, test: 3 });
    expect(own.filter(({ code }) => code === "few-test-patients")).toEqual([
      { code: "few-test-patients", patients: 3 },
    ]);
    expect(own).toContainEqual({ code: "as-written", text: "What version 0.2.0 wrote." });
    expect(own).toContainEqual({ code: "one-test-site", site: "CS" });
    expect(own).toContainEqual({ code: "test-patients-of-one-class", oneClass: 1, patients: 3 });
    expect(own).toContainEqual({ code: "tumor-in-every-test-patient" });
  }
  expect(notes.report[0]).toEqual({ code: "whole-patients-held-out" });
});

it("they say so where no test slice is free of tumor", async () => {
  const notes = await tested([
    ["TCGA_CS_0001", 3, 3],
    ["TCGA_DU_0002", 4, 4],
  ]);
  for (const own of Object.values(notes)) {
    expect(own).toContainEqual({ code: "tumor-alone-to-test-on" });
    expect(own.map(({ code }) => code)).not.toContain("one-test-site");
  }
});
