import { afterAll, beforeAll, it, vi } from "vitest";
import { compareWithProduction } from "@/lib/features/models/compare-with-production";
import { countFlips } from "@/lib/features/models/count-flips";
import { findGate } from "@/lib/features/models/find-gate";
import { findModel } from "@/lib/features/models/find-model";
import { findModelToCompare } from "@/lib/features/models/find-model-to-compare";
import { findProduction } from "@/lib/features/models/find-production";
import { findComparison, judgeModel, unseenTestPatients } from "@/lib/features/models/judge-model";
import { listDecisions } from "@/lib/features/models/list-decisions";
import { listModels } from "@/lib/features/models/list-models";
import { previewPromotion } from "@/lib/features/models/preview-promotion";
import { previewRollBack } from "@/lib/features/models/preview-roll-back";
import { previousProduction } from "@/lib/features/models/previous-production";
import { seenPatients } from "@/lib/features/models/seen-patients";
import { testSetNotes } from "@/lib/features/models/test-set-notes";
import { weighPromotion } from "@/lib/features/models/weigh-promotion";
import { findReport } from "@/lib/features/reports/find-report";
import { database, disconnect } from "@/lib/platform/database";
import { countNewLabels } from "@/lib/records/new-labels";
import { expectSql } from "../../support/committed-sql";
import { makeSqlWorld, type SqlWorld } from "../../support/sql-world";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

let world: SqlWorld;
beforeAll(async () => {
  world = await makeSqlWorld();
});
afterAll(disconnect);

const compared = () => ({ modelId: world.compared.id });
const candidate = () => ({ modelId: world.candidate.id });

it("compareWithProduction", () =>
  expectSql("models/compare-with-production", {
    "a model that was compared": () => compareWithProduction(world.reader, compared()),
    "a model that was not": () => compareWithProduction(world.reader, candidate()),
  }));
it("countFlips", () =>
  expectSql("models/count-flips", () =>
    countFlips(world.reader, { ...candidate(), productionId: world.production.id }),
  ));
it("findGate", () => expectSql("models/find-gate", () => findGate(world.reader, candidate())));
it("findModel", () =>
  expectSql("models/find-model", {
    "a candidate": () => findModel(world.reader, candidate()),
    "the model in production": () => findModel(world.reader, { modelId: world.production.id }),
  }));
it("findModelToCompare", () =>
  expectSql("models/find-model-to-compare", () => findModelToCompare(world.candidate.id)));
it("findProduction and countNewLabels", () =>
  expectSql("models/find-production", {
    "a model that was trained elsewhere": () => findProduction(world.reader),
    "new labels since a run of this installation": () =>
      countNewLabels("REAL", { cohort: "REAL", runId: world.candidate.runId }),
  }));
it("judgeModel", () =>
  expectSql("models/judge-model", {
    "a model that was compared": () => judgeModel(database(), world.compared, world.production),
    "a model that was not": () => judgeModel(database(), world.candidate, world.production),
    findComparison: () => findComparison(database(), world.compared, world.production.id),
    unseenTestPatients: () =>
      unseenTestPatients({
        snapshotId: world.snapshotId,
        baseSha256: world.baseSha256,
        modelIds: [world.candidate.id, world.production.id],
      }),
  }));
it("listDecisions", () =>
  expectSql("models/list-decisions", {
    "of all models": () => listDecisions(world.reader),
    "of one": () => listDecisions(world.reader, { modelId: world.production.id }),
  }));
it("listModels", () => expectSql("models/list-models", () => listModels(world.reader)));
it("previewPromotion", () =>
  expectSql("models/preview-promotion", () => previewPromotion(world.admin, candidate())));
it("previewRollBack", () =>
  expectSql("models/preview-roll-back", () =>
    previewRollBack(world.admin, { modelId: world.production.id }),
  ));
it("previousProduction", () =>
  expectSql("models/previous-production", () => previousProduction(database(), world.production)));
it("seenPatients", () => expectSql("models/seen-patients", () => seenPatients(world.production.id)));
it("testSetNotes", () => expectSql("models/test-set-notes", () => testSetNotes(world.evaluation)));
it("weighPromotion", () =>
  expectSql("models/weigh-promotion", {
    "asked for by another": () => weighPromotion(database(), world.admin, world.compared),
    "asked for by the same person": () => weighPromotion(database(), world.reader, world.compared),
  }));
it("findReport", () => expectSql("reports/find-report", () => findReport(world.reader, compared())));
