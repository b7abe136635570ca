import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findQueuePlace } from "@/lib/features/flags/find-queue-place";
import { FlagFilter } from "@/lib/features/flags/schema";
import { saveLabel } from "@/lib/features/labels/save-label";
import { disconnect } from "@/lib/platform/database";
import type { Actor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeModel, makePredictions, makeStudy } from "../../support/factories";

let reader: Actor;
let model: Awaited<ReturnType<typeof makeModel>>;
/** Flagged slices of two studies, least certain first. */
let order: string[];

beforeAll(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  model = await makeModel("PRODUCTION");
  const one = await makeStudy("TCGA_CS_0001", [false, false, true]);
  const other = await makeStudy("TCGA_CS_0002", [true, false]);
  const [a, b, c] = one.sliceIds as [string, string, string];
  const [d, e] = other.sliceIds as [string, string];
  order = [a, d, b, e];
  await makePredictions(model, [
    [a, 0.51, 3],
    [d, 0.52, 3],
    // Uncertain and against the label: one slice, two flags.
    [b, 0.53, 3],
    [e, 0.9, 3],
    [c, 0.99, 3],
  ]);
});
afterAll(disconnect);

const at = (sliceId: string, filter: object = {}) =>
  findQueuePlace(reader, { ...FlagFilter.parse(filter), sliceId });

describe("a queue", () => {
  it("goes through the flagged slices in the order of the list, across studies, to its end", async () => {
    const walked = [];
    for (let sliceId: string | undefined = order[0]; sliceId; ) {
      const { next, left, before } = await at(sliceId);
      walked.push([sliceId, left, before]);
      sliceId = next?.sliceId;
    }
    expect(walked).toEqual(order.map((sliceId, index) => [sliceId, order.length - 1 - index, index]));
  });

  it("keeps its filter", async () => {
    const disagreeing = { reason: "MODEL_DISAGREES" };
    // The first is called tumor against its label as well.
    expect(await at(order[0]!, disagreeing)).toMatchObject({ next: { sliceId: order[2] }, left: 2 });
    expect(await at(order[0]!, { cohort: "PHANTOM" })).toEqual({
      next: null,
      isFlagged: false,
      left: 0,
      before: 0,
    });
  });

  it("goes on from a slice whose flags a decision has ended", async () => {
    const [first, second] = order as [string, string];
    await saveLabel(reader, {
      ...{ sliceId: second, basedOn: 1, saveId: randomUUID(), modelId: model.id },
      ...{ act: "keep", labelClass: "TUMOR", mask: "current" },
    });
    expect(await at(second)).toMatchObject({
      next: { sliceId: order[2] },
      isFlagged: false,
      left: 2,
      before: 1,
    });
    expect(await at(first)).toMatchObject({ next: { sliceId: order[2] }, left: 2, before: 0 });
  });

  it("is nobody's who may not see the slice", async () => {
    await expect(at(randomUUID())).rejects.toMatchObject({ kind: "not-found" });
  });
});
