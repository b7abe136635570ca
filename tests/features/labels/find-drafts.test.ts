import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { discardDraft } from "@/lib/features/labels/discard-draft";
import { findDrafts } from "@/lib/features/labels/find-drafts";
import { saveDraft } from "@/lib/features/labels/save-draft";
import type { SaveDraft } from "@/lib/features/labels/schema";
import { deactivateUser } from "@/lib/features/users/deactivate-user";
import { database, disconnect } from "@/lib/platform/database";
import { type Actor, systemActor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeStudy } from "../../support/factories";

let reader: Actor;
let other: Actor;
let study: Awaited<ReturnType<typeof makeStudy>>;
let sliceId: string;
let id: string;

beforeEach(async () => {
  await emptyDatabase();
  id = randomUUID();
  reader = await makeActor("READER");
  other = await makeActor("REVIEWER");
  study = await makeStudy("TCGA_CS_0001", [true]);
  sliceId = study.sliceIds[0]!;
});
afterAll(disconnect);

const strokes = [{ tool: "brush" as const, change: "CgM=" }];
const draw = (change: Partial<SaveDraft> = {}, actor = reader) =>
  saveDraft(actor, { sliceId, id, basedOn: 1, baseLabelId: null, revision: 1, strokes, done: 1, ...change });

describe("two people drawing on one slice", () => {
  const othersId = randomUUID();

  it("each has a draft, and sees of the other's the name and the time alone", async () => {
    await draw();
    await draw({ id: othersId }, other);
    expect(await findDrafts(other, study)).toEqual({
      own: [expect.objectContaining({ id: othersId })],
      others: [{ sliceId, authorName: "A reader", updatedAt: expect.any(Date) }],
    });
  });

  it("cannot write into or discard each other's", async () => {
    await draw();
    await expect(draw({ revision: 2 }, other)).rejects.toMatchObject({ kind: "conflict" });
    await discardDraft(other, { sliceId, id });
    expect((await findDrafts(reader, study)).own).toMatchObject([{ id, revision: 1 }]);
  });

  it("the other's is not shown without strokes that stand, nor after the account has ended", async () => {
    await draw({ done: 0 });
    expect((await findDrafts(other, study)).others).toEqual([]);
    await draw({ revision: 2 });
    expect((await findDrafts(other, study)).others).toHaveLength(1);
    await deactivateUser(systemActor, { userId: reader.id! });
    expect((await findDrafts(other, study)).others).toEqual([]);
  });

  it("are shown to the system by name", async () => {
    await draw();
    expect(await findDrafts(systemActor, study)).toMatchObject({
      own: [],
      others: [{ authorName: "A reader" }],
    });
  });
});

describe("discarding a draft", () => {
  it("removes it, once, with an event in the audit trail", async () => {
    await draw();
    await discardDraft(reader, { sliceId, id });
    await discardDraft(reader, { sliceId, id });
    expect((await findDrafts(reader, study)).own).toEqual([]);
    expect(await database().auditEvent.findMany({ where: { subjectId: id } })).toMatchObject([
      { action: "draft.discarded", actorId: reader.id, detail: { sliceId } },
    ]);
  });

  it("leaves another draft of one's own", async () => {
    await draw();
    await discardDraft(reader, { sliceId, id: randomUUID() });
    expect((await findDrafts(reader, study)).own).toHaveLength(1);
  });

  it("is for people, and for slices that there are", async () => {
    await expect(discardDraft(systemActor, { sliceId, id })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(discardDraft(reader, { sliceId: randomUUID(), id })).rejects.toMatchObject({
      kind: "not-found",
    });
  });
});
