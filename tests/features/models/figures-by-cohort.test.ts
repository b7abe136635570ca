import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import { compareWithProduction } from "@/lib/features/models/compare-with-production";
import { listModels } from "@/lib/features/models/list-models";
import { findReport } from "@/lib/features/reports/find-report";
import { database, disconnect } from "@/lib/platform/database";
import type { Cohort } from "@/lib/platform/generated/enums";
import { systemActor } from "@/lib/records/access";
import { emptyDatabase, makeComparison, makeModel, someMetrics } from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

it("a real model's figures are never those on phantoms, beside which it was scored as well", async () => {
  const production = await makeModel("PRODUCTION");
  const candidate = await makeModel("CANDIDATE", { cohort: "PHANTOM" });
  const onPatients = await evaluate(production.id, "REAL", 18);
  const { id: onPhantoms } = await makeComparison(candidate, production, { auc: [0, 0, 0], patients: 4 });

  const figures = (await listModels(systemActor)).map(({ id, evaluation }) => [id, evaluation?.id]);
  expect(Object.fromEntries(figures)).toEqual({
    [production.id]: onPatients,
    [candidate.id]: onPhantoms,
  });
  const report = await findReport(systemActor, { modelId: production.id });
  expect(report.evaluation).toMatchObject({ id: onPatients, patients: 18 });
  const alone = await compareWithProduction(systemActor, { modelId: production.id });
  expect(alone.candidate).toMatchObject({ id: onPatients });
  const beside = await compareWithProduction(systemActor, { modelId: candidate.id });
  expect(beside.candidate).toMatchObject({ id: onPhantoms });
  expect(beside.production).toMatchObject({ patients: 4 });
});

async function evaluate(modelId: string, cohort: Cohort, patients: number) {
  const snapshot = await database().snapshot.create({ data: { hash: randomUUID(), cohort } });
  const counts = { patients, slices: 10 * patients };
  const evaluation = await database().evaluation.create({
    data: { modelId, snapshotId: snapshot.id, metrics: someMetrics, ...counts },
  });
  return evaluation.id;
}
