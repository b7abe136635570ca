import { afterAll, beforeEach, it, vi } from "vitest";
import { leaveUnused } from "@/lib/features/models/leave-unused";
import { promoteModel } from "@/lib/features/models/promote-model";
import { lockProduction, putIntoProduction } from "@/lib/features/models/put-into-production";
import { registerInitialModel } from "@/lib/features/models/register-initial-model";
import { registerModel } from "@/lib/features/models/register-model";
import { requestComparison } from "@/lib/features/models/request-comparison";
import { rollBackModel } from "@/lib/features/models/roll-back-model";
import { saveComparison, storeComparison } from "@/lib/features/models/save-comparison";
import { database, disconnect, transaction } from "@/lib/platform/database";
import { expectSql } from "../../support/committed-sql";
import { someMetrics } from "../../support/factories";
import { makeSqlWorld, randomHash, type SqlWorld } from "../../support/sql-world";

vi.mock("@/lib/records/access", () => import("../../support/narrow-scope/access"));
vi.mock("@/lib/records/patient-scope", () => import("../../support/narrow-scope/patient-scope"));

let world: SqlWorld;
beforeEach(async () => {
  world = await makeSqlWorld();
});
afterAll(disconnect);

const newModel = () => ({
  artifactSha256: randomHash(),
  baseSha256: world.baseSha256,
  threshold: 0.5,
  temperature: 1,
  patients: { train: [randomHash(), randomHash()], validation: [randomHash()], test: [randomHash()] },
  card: {},
});
const figures = () => ({
  metrics: {
    ...someMetrics,
    perPatient: [world.first, world.second].map(({ patientId }) => ({
      ...{ patient: patientId, slices: 2, tumorSlices: 1, tp: 1, fp: 0, tn: 1, fn: 0, auc: 1, dice: null },
    })),
  },
  production: {
    modelId: world.production.id,
    metrics: someMetrics,
    differences: world.evaluation.differences as never,
  },
});

it("leaveUnused", () =>
  expectSql("models/leave-unused", () =>
    leaveUnused(world.admin, "REJECTED", ["CANDIDATE"], {
      modelId: world.candidate.id,
      reason: "it misses more",
    }),
  ));
it("promoteModel", () =>
  expectSql("models/promote-model", () =>
    promoteModel(world.admin, { modelId: world.compared.id, reason: "it finds more" }),
  ));
it("putIntoProduction", () =>
  expectSql("models/put-into-production", {
    lockProduction: () => transaction(lockProduction),
    putIntoProduction: () =>
      transaction((db) =>
        putIntoProduction(db, world.admin, {
          ...{ kind: "PROMOTED", model: world.candidate, production: world.production },
          ...{ reason: "it finds more", verdict: null, onlyAdmin: false },
        }),
      ),
  }));
it("registerInitialModel", async () => {
  const initial = { ...newModel(), figures: { patients: 2, slices: 4 } };
  await expectSql("models/register-initial-model", {
    "with a model in production": () => registerInitialModel(initial),
    "without one": async () => {
      await database().model.update({ where: { id: world.production.id }, data: { state: "RETIRED" } });
      await registerInitialModel(initial);
    },
  });
});
it("registerModel", () =>
  expectSql("models/register-model", () =>
    transaction((db) => registerModel(db, { ...newModel(), cohort: "REAL", runId: null })),
  ));
it("requestComparison", () =>
  expectSql("models/request-comparison", () =>
    requestComparison(world.admin, { modelId: world.candidate.id }),
  ));
it("rollBackModel", () =>
  expectSql("models/roll-back-model", () =>
    rollBackModel(world.admin, { modelId: world.production.id, reason: "too many misses" }),
  ));
it("saveComparison", () =>
  expectSql("models/save-comparison", {
    saveComparison: () =>
      transaction((db) => saveComparison(db, world.candidate.id, world.snapshotId, figures())),
    "the same again": () =>
      transaction((db) => saveComparison(db, world.candidate.id, world.snapshotId, figures())),
    storeComparison: () =>
      storeComparison(world.candidate.id, world.snapshotId, { ...figures(), production: null }),
  }));
