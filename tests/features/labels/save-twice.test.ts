import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { saveLabel } from "@/lib/features/labels/save-label";
import type { SaveLabel } from "@/lib/features/labels/schema";
import { promoteModel } from "@/lib/features/models/promote-model";
import { database, disconnect } from "@/lib/platform/database";
import { type Actor, systemActor } from "@/lib/records/access";
import { drawnMask, emptyDatabase, makeActor, makeModel, makeStudy } from "../../support/factories";

let reader: Actor;
let other: Actor;
let sliceIds: string[];

beforeEach(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  other = await makeActor("REVIEWER");
  ({ sliceIds } = await makeStudy("TCGA_CS_0001", [true, null]));
});
afterAll(disconnect);

const saveId = randomUUID();
const save = (change: Partial<SaveLabel> = {}, actor = reader) =>
  saveLabel(actor, {
    sliceId: sliceIds[0]!,
    basedOn: 1,
    saveId,
    modelId: null,
    labelClass: "TUMOR",
    act: "draw",
    mask: "drawn",
    drawn: drawnMask([3]),
    ...change,
  });

describe("a save that is sent twice", () => {
  it("is one label, and one event", async () => {
    const first = await save();
    expect(await save()).toEqual(first);
    expect(await database().label.count()).toBe(2);
    expect(await database().auditEvent.count({ where: { subjectId: first.id } })).toBe(1);
  });

  it("is one label where both arrive at once", async () => {
    const saved = await Promise.all([save(), save(), save(), save()]);
    expect(new Set(saved.map((label) => label.id)).size).toBe(1);
    expect(await database().label.count()).toBe(2);
  });

  it("is no conflict with what was saved or promoted in between", async () => {
    const first = await save();
    await save({ saveId: randomUUID(), basedOn: 2 }, other);
    await promoteModel(systemActor, { modelId: (await makeModel("CANDIDATE")).id, reason: "for this test" });
    expect(await save()).toEqual(first);
  });

  it("is told from another's that has its id", async () => {
    await save();
    await expect(save({ basedOn: 2 }, other)).rejects.toMatchObject({ kind: "conflict" });
    await expect(save({ sliceId: sliceIds[1]!, basedOn: 0 })).rejects.toMatchObject({ kind: "conflict" });
    expect(await database().label.count()).toBe(2);
  });

  it("is told from another's that has its id and arrives at once", async () => {
    const outcomes = await Promise.allSettled([save(), save({ sliceId: sliceIds[1]!, basedOn: 0 }, other)]);
    const lost = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(lost).toHaveLength(1);
    expect(lost[0]!.reason).toMatchObject({ kind: "conflict" });
  });
});

describe("two saves at once", () => {
  it("of two people: one wins, the other learns of it", async () => {
    const outcomes = await Promise.allSettled([
      save({ saveId: randomUUID() }),
      save({ saveId: randomUUID() }, other),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await database().label.count()).toBe(2);
  });

  it("of one person in two windows: one wins, the other learns of it", async () => {
    const outcomes = await Promise.allSettled([
      save({ saveId: randomUUID() }),
      save({ saveId: randomUUID() }),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await database().label.count()).toBe(2);
  });
});
