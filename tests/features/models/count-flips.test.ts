import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { countFlips } from "@/lib/features/models/count-flips";
import { previewPromotion } from "@/lib/features/models/preview-promotion";
import { database, disconnect } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import { emptyDatabase, makeModel, makePredictions, makeStudy } from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

describe("what would flip", () => {
  it("is counted in both directions, by the side that the label is on, those that leave it named first", async () => {
    const [old, next] = [await makeModel("PRODUCTION"), await makeModel("CANDIDATE")];
    const one = await makeStudy("TCGA_CS_0001", [true, true, false, null]);
    const two = await makeStudy("TCGA_CS_0002", [false, true]);
    const all = [...one.sliceIds, ...two.sliceIds];
    const rows = (values: number[]) =>
      values.map((p, index): [string, number, number] => [all[index]!, p, 0]);
    await makePredictions(old, rows([0.1, 0.9, 0.9, 0.2, 0.1, 0.8]));
    // To tumor: right, -, -, unlabelled, wrong; to no tumor: -, -, right, -, -, wrong. The second stays.
    await makePredictions(next, rows([0.9, 0.8, 0.1, 0.9, 0.6, 0.1]));
    const flips = await countFlips(systemActor, { modelId: next.id, productionId: old.id });
    expect(flips).toMatchObject({
      toTumor: { slices: 3, gained: 1, lost: 1, unlabelled: 1 },
      toNoTumor: { slices: 2, gained: 1, lost: 1, unlabelled: 0 },
      patients: 2,
    });
    expect(flips.first.map(({ agreement }) => agreement)).toEqual([
      "lost",
      "lost",
      "unlabelled",
      "gained",
      "gained",
    ]);
    expect(flips.first[0]).toMatchObject({ studyId: two.studyId, position: 1, after: "TUMOR" });
    expect((await previewPromotion(systemActor, { modelId: next.id })).flips).toEqual(flips);
  });

  it("goes by the newest label, and names 50 at most", async () => {
    const [old, next] = [await makeModel("PRODUCTION"), await makeModel("CANDIDATE")];
    const { sliceIds } = await makeStudy("TCGA_CS_0001", new Array(60).fill(true));
    await makePredictions(
      old,
      sliceIds.map((id) => [id, 0.1, 0]),
    );
    await makePredictions(
      next,
      sliceIds.map((id) => [id, 0.9, 0]),
    );
    await database().label.create({
      data: { sliceId: sliceIds[0]!, version: 2, labelClass: "NO_TUMOR", source: "IMPORTED" },
    });
    const flips = await countFlips(systemActor, { modelId: next.id, productionId: old.id });
    expect(flips.toTumor).toEqual({ slices: 60, gained: 59, lost: 1, unlabelled: 0 });
    expect(flips.first).toHaveLength(50);
    expect(flips.first[0]!.sliceId).toBe(sliceIds[0]);
  });
});
