import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { previewPromotion } from "@/lib/features/models/preview-promotion";
import { promoteModel } from "@/lib/features/models/promote-model";
import { registerModel } from "@/lib/features/models/register-model";
import { rejectModel } from "@/lib/features/models/reject-model";
import { systemActor } from "@/lib/features/users/access";
import { database, disconnect, transaction } from "@/lib/platform/database";
import {
  emptyDatabase,
  makeActor,
  makeBase,
  makeModel,
  makePredictions,
  makeStudy,
} from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

describe("promotion", () => {
  it("retires the model before and queues predictions, in one step", async () => {
    const old = await makeModel("PRODUCTION");
    const next = await makeModel("CANDIDATE");
    const { jobId } = await promoteModel(systemActor, { modelId: next.id });
    expect(await database().model.findUnique({ where: { id: old.id } })).toMatchObject({ state: "RETIRED" });
    expect(await database().model.findUnique({ where: { id: next.id } })).toMatchObject({
      state: "PRODUCTION",
    });
    expect(await database().job.findUnique({ where: { id: jobId } })).toMatchObject({
      kind: "predict-slices",
    });
  });

  it("leaves one model in production where two are promoted at once", async () => {
    await makeModel("PRODUCTION");
    const candidates = [await makeModel("CANDIDATE"), await makeModel("CANDIDATE")];
    await Promise.allSettled(candidates.map(({ id }) => promoteModel(systemActor, { modelId: id })));
    expect(await database().model.count({ where: { state: "PRODUCTION" } })).toBe(1);
  });

  it("takes flags of the old model's predictions away", async () => {
    const { sliceIds } = await makeStudy("TCGA_CS_0001", [true]);
    await makePredictions(await makeModel("PRODUCTION"), [[sliceIds[0]!, 0.1, 0]]);
    expect(await database().flag.count()).toBe(1);
    await promoteModel(systemActor, { modelId: (await makeModel("CANDIDATE")).id });
    expect(await database().flag.count()).toBe(0);
  });

  it("is refused for a model made on phantoms while real patients are here, and the preview says so", async () => {
    const model = await makeModel("CANDIDATE", { cohort: "PHANTOM" });
    expect((await previewPromotion(systemActor, { modelId: model.id })).refusals).toEqual([]);
    await makeStudy("TCGA_CS_0001", [true]);
    expect((await previewPromotion(systemActor, { modelId: model.id })).refusals).toHaveLength(1);
    await expect(promoteModel(systemActor, { modelId: model.id })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("says how many slices are predicted anew; a phantoms' model leaves real patients alone", async () => {
    await makeStudy("TCGA_CS_0001", [true, false]);
    await makeStudy("PHANTOM_01_0001", [true], { cohort: "PHANTOM" });
    const real = await makeModel("CANDIDATE");
    const phantom = await makeModel("CANDIDATE", { cohort: "PHANTOM" });
    expect((await previewPromotion(systemActor, { modelId: real.id })).slices).toBe(3);
    expect((await previewPromotion(systemActor, { modelId: phantom.id })).slices).toBe(1);
  });

  it.each(["READER", "REVIEWER"] as const)("is refused to a %s", async (role) => {
    const model = await makeModel("CANDIDATE");
    const actor = await makeActor(role);
    await expect(promoteModel(actor, { modelId: model.id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(rejectModel(actor, { modelId: model.id, reason: "" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("is refused for a rejected model", async () => {
    const model = await makeModel("CANDIDATE");
    await rejectModel(systemActor, { modelId: model.id, reason: "trained on wrong labels" });
    await expect(promoteModel(systemActor, { modelId: model.id })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("a model", () => {
  it("is the same model when its artifact is registered again", async () => {
    const model = {
      artifactSha256: "a".repeat(64),
      baseSha256: await makeBase({ seenPatients: ["c"] }),
      cohort: "REAL" as const,
      threshold: 0.4,
      temperature: 1.2,
      seenPatients: ["a", "c"],
      card: {},
      runId: null,
    };
    const ids = await Promise.all([1, 2].map(() => transaction((db) => registerModel(db, model))));
    expect(ids[0]).toBe(ids[1]);
    expect(await database().model.findMany()).toMatchObject([{ id: ids[0], seenPatients: ["a", "c"] }]);
  });

  it("never changes but for its state", async () => {
    const { id } = await makeModel("CANDIDATE");
    await expect(database().model.update({ where: { id }, data: { threshold: 0.1 } })).rejects.toThrow();
    await database().model.update({ where: { id }, data: { state: "RETIRED" } });
  });
});
