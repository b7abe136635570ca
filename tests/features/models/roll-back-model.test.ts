import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { listFlagged } from "@/lib/features/flags/list-flagged";
import { ListFlagged } from "@/lib/features/flags/schema";
import { listDecisions } from "@/lib/features/models/list-decisions";
import { previewRollBack } from "@/lib/features/models/preview-roll-back";
import { promoteModel } from "@/lib/features/models/promote-model";
import { rejectModel } from "@/lib/features/models/reject-model";
import { rollBackModel } from "@/lib/features/models/roll-back-model";
import { listStudies } from "@/lib/features/studies/list-studies";
import { ListStudies } from "@/lib/features/studies/schema";
import { database, disconnect } from "@/lib/platform/database";
import { systemActor } from "@/lib/records/access";
import {
  emptyDatabase,
  makeActor,
  makeComparison,
  makeModel,
  makePredictions,
  makeStudy,
} from "../../support/factories";

beforeEach(emptyDatabase);
afterAll(disconnect);

const reason = "it misses small lesions at the edge";
const production = () => database().model.findFirstOrThrow({ where: { state: "PRODUCTION" } });

/** Models put into production one after the other. */
async function promoted(count: number) {
  const models = [];
  for (let index = 0; index < count; index++) {
    const model = await makeModel("CANDIDATE");
    await promoteModel(systemActor, { modelId: model.id, reason: "for this test" });
    models.push(model);
  }
  return models;
}

describe("rolling back", () => {
  it("puts the model before back with its predictions and flags, without a gate, in one step", async () => {
    const { studyId, sliceIds } = await makeStudy("TCGA_CS_0001", [true, true]);
    const [first, second] = await promoted(2);
    await makePredictions(first!, [
      [sliceIds[0]!, 0.1, 0],
      [sliceIds[1]!, 0.9, 0],
    ]);
    await makePredictions(second!, [
      [sliceIds[0]!, 0.9, 0],
      [sliceIds[1]!, 0.95, 0],
    ]);
    expect(await previewRollBack(systemActor, { modelId: second!.id })).toMatchObject({
      modelNumber: first!.number,
      productionNumber: second!.number,
      lacking: 0,
      refusals: [],
      needsReason: true,
      flips: { toNoTumor: { slices: 1, lost: 1 }, toTumor: { slices: 0 } },
    });
    const admin = await makeActor("ADMIN");
    expect(await rollBackModel(admin, { modelId: second!.id, reason })).toMatchObject({ modelId: first!.id });
    expect((await production()).id).toBe(first!.id);
    expect(await database().model.findUnique({ where: { id: second!.id } })).toMatchObject({
      state: "RETIRED",
    });
    expect((await listFlagged(admin, ListFlagged.parse({}))).rows).toMatchObject([
      { sliceId: sliceIds[0], reasons: ["MODEL_DISAGREES"] },
    ]);
    expect((await listStudies(admin, ListStudies.parse({}))).rows).toMatchObject([
      { id: studyId, flagged: 1 },
    ]);
    expect((await listDecisions(admin, { modelId: second!.id }))[0]).toMatchObject({
      kind: "ROLLED_BACK",
      modelNumber: first!.number,
      previousNumber: second!.number,
      decidedBy: admin.name,
      reason,
      verdict: null,
    });
    const event = await database().auditEvent.findFirst({ orderBy: { id: "desc" } });
    expect(event).toMatchObject({ action: "model.rolled-back", subjectId: first!.id, detail: { reason } });
  });

  it("goes back step by step to the first, and no further", async () => {
    const [first, second, third] = await promoted(3);
    await rollBackModel(systemActor, { modelId: third!.id, reason });
    await rollBackModel(systemActor, { modelId: second!.id, reason });
    await expect(rollBackModel(systemActor, { modelId: first!.id, reason })).rejects.toMatchObject({
      kind: "conflict",
    });
    expect((await production()).id).toBe(first!.id);
  });

  it("is refused from a screen that is out of date: twice sent, it goes back one step", async () => {
    const [, second, third] = await promoted(3);
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => rollBackModel(systemActor, { modelId: third!.id, reason })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await production()).id).toBe(second!.id);
  });

  it("does not go back to a rejected model", async () => {
    const [first, second] = await promoted(2);
    await rejectModel(systemActor, { modelId: first!.id, reason });
    await expect(rollBackModel(systemActor, { modelId: second!.id, reason })).rejects.toMatchObject({
      said: { because: [{ code: "was-rejected", number: first!.number }] },
    });
  });

  it("is followed by a promotion of the same model through the gate alone", async () => {
    const [first, second] = await promoted(2);
    await makeComparison(second!, first!, { auc: [-0.1, -0.2, -0.05] });
    await rollBackModel(systemActor, { modelId: second!.id, reason });
    await expect(promoteModel(systemActor, { modelId: second!.id, reason })).rejects.toMatchObject({
      said: { because: [{ code: "gate-refuses" }] },
    });
    expect((await production()).id).toBe(first!.id);
  });

  it.each(["READER", "REVIEWER"] as const)("is refused to a %s", async (role) => {
    const [, second] = await promoted(2);
    await expect(rollBackModel(await makeActor(role), { modelId: second!.id, reason })).rejects.toMatchObject(
      { kind: "forbidden" },
    );
  });
});
