import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { listJobs } from "@/lib/features/jobs/list-jobs";
import { findReport } from "@/lib/features/reports/find-report";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeComparison, makeModel, makeStudy } from "../../support/factories";
import { makeJob } from "../../support/sql-world";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

let reader: Actor;
let seen: Awaited<ReturnType<typeof makeStudy>>;
let hidden: Awaited<ReturnType<typeof makeStudy>>;
beforeEach(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  seen = await makeStudy("TCGA_CS_0001", [true]);
  hidden = await makeStudy("TCGA_DU_0002", [true]);
});
afterAll(disconnect);

it("a model's report names no test patient outside the actor's scope", async () => {
  const candidate = await makeModel("CANDIDATE");
  const evaluation = await makeComparison(candidate, await makeModel("PRODUCTION"), { auc: [0, null, null] });
  const row = { evaluationId: evaluation.id, slices: 1, tumorSlices: 1, tp: 1, fp: 0, tn: 0, fn: 0 };
  await database().evaluationPatient.createMany({
    data: [seen, hidden].map(({ patientId }) => ({ ...row, patientId })),
  });
  const { patients } = await findReport(reader, { modelId: candidate.id });
  expect(patients.map(({ patientKey }) => patientKey)).toEqual(["TCGA_CS_0001"]);
});

it("the list of jobs names no slice outside the actor's scope", async () => {
  for (const { sliceIds } of [seen, hidden])
    await makeJob("explain-slice", "FAILED", { payload: { sliceId: sliceIds[0]! } });
  const named = (await listJobs(reader)).map(({ about }) => about);
  expect(named).toHaveLength(2);
  expect(named.filter((about) => about !== null)).toMatchObject([{ kind: "slice", studyId: seen.studyId }]);
});
