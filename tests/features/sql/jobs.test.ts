import { afterAll, beforeEach, it, vi } from "vitest";
import { cancelJob } from "@/lib/features/jobs/cancel-job";
import { countLiveWorkers } from "@/lib/features/jobs/count-live-workers";
import { countUnseenFailures } from "@/lib/features/jobs/count-unseen-failures";
import { findJob } from "@/lib/features/jobs/find-job";
import { findSubjects } from "@/lib/features/jobs/find-subjects";
import { listJobs } from "@/lib/features/jobs/list-jobs";
import { markSeen } from "@/lib/features/jobs/mark-seen";
import { retryJob } from "@/lib/features/jobs/retry-job";
import { database, disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { expectSql } from "../../support/committed-sql";
import { emptyDatabase, makeActor, makeModel, makeStudy } from "../../support/factories";
import { makeJob } from "../../support/sql-world";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

let reviewer: Actor;
/** Failed jobs, of a model, of none and of a slice; and a parent job that runs, with two children that wait. */
let failed: Awaited<ReturnType<typeof makeJob>>[];
let parentId: string;
beforeEach(async () => {
  await emptyDatabase();
  reviewer = await makeActor("REVIEWER");
  const { id: modelId } = await makeModel("CANDIDATE");
  const [sliceId] = (await makeStudy("TCGA_CS_0001", [null])).sliceIds;
  failed = [
    await makeJob("compare-model", "FAILED", { payload: { modelId }, key: "compare-model:it" }),
    await makeJob("predict-slices", "FAILED"),
    await makeJob("explain-slice", "FAILED", { payload: { sliceId, modelId } }),
  ];
  parentId = (await makeJob("train-model", "RUNNING")).id;
  for (let child = 0; child < 2; child++) {
    const { id } = await makeJob("fit-head", "WAITING");
    await database().job.update({ where: { id }, data: { parentId } });
  }
});
afterAll(disconnect);

it("cancelJob", () => expectSql("jobs/cancel-job", () => cancelJob(reviewer, { jobId: parentId })));
it("countLiveWorkers", () => expectSql("jobs/count-live-workers", () => countLiveWorkers()));
it("countUnseenFailures", () => expectSql("jobs/count-unseen-failures", () => countUnseenFailures(reviewer)));
it("findJob", () => expectSql("jobs/find-job", () => findJob(reviewer, { jobId: parentId })));
it("findSubjects", () => expectSql("jobs/find-subjects", () => findSubjects(reviewer, failed)));
it("listJobs", () =>
  expectSql("jobs/list-jobs", {
    all: () => listJobs(reviewer),
    "failed ones that nobody has seen": () => listJobs(reviewer, { show: "unseen" }),
  }));
it("markSeen", () =>
  expectSql("jobs/mark-seen", {
    one: () => markSeen(reviewer, { jobId: failed[0]!.id }),
    all: () => markSeen(reviewer, {}),
  }));
it("retryJob", () => expectSql("jobs/retry-job", () => retryJob(reviewer, { jobId: failed[0]!.id })));
