import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { discardDraft } from "@/lib/features/labels/discard-draft";
import { findDrafts } from "@/lib/features/labels/find-drafts";
import { listLabels } from "@/lib/features/labels/list-labels";
import { saveDraft } from "@/lib/features/labels/save-draft";
import { saveLabel } from "@/lib/features/labels/save-label";
import { mostStrokeCharacters, SaveDraft } from "@/lib/features/labels/schema";
import { database, disconnect, listen } from "@/lib/platform/database";
import { changeChannel } from "@/lib/platform/jobs";
import { type Actor, systemActor } from "@/lib/records/access";
import { drawnMask, emptyDatabase, makeActor, makeStudy } from "../../support/factories";

let reader: Actor;
let other: Actor;
let study: Awaited<ReturnType<typeof makeStudy>>;
let sliceId: string;
/** Version 1 of the slice's label: tumor, with a mask. */
let baseLabelId: string;
let id: string;

beforeEach(async () => {
  await emptyDatabase();
  id = randomUUID();
  reader = await makeActor("READER");
  other = await makeActor("REVIEWER");
  study = await makeStudy("TCGA_CS_0001", [true, true]);
  sliceId = study.sliceIds[0]!;
  baseLabelId = (await listLabels(reader, { sliceId }))[0]!.id;
});
afterAll(disconnect);

/** Three pixels after the tenth: runs 10, 3. */
const stroke = { tool: "brush" as const, change: Buffer.from([10, 3]).toString("base64") };

const draw = (change: Partial<SaveDraft> = {}, actor = reader) =>
  saveDraft(actor, {
    sliceId,
    id,
    basedOn: 1,
    baseLabelId,
    revision: 1,
    strokes: [stroke],
    done: 1,
    ...change,
  });
const commit = (saveId = id) =>
  saveLabel(reader, {
    sliceId,
    basedOn: 1,
    saveId,
    modelId: null,
    labelClass: "TUMOR",
    act: "draw",
    mask: "drawn",
    drawn: drawnMask([10, 11, 12]),
  });
const ownDrafts = async () => (await findDrafts(reader, study)).own;

describe("a draft", () => {
  it("that two windows go on with is not written over by the one that has not seen the other's strokes", async () => {
    const drawn = (pixel: number) => ({
      tool: "brush" as const,
      change: Buffer.from([pixel, 1]).toString("base64"),
    });
    await draw();
    await draw({ revision: 2, strokes: [stroke, drawn(0)], done: 2, goesOnFrom: [1] });
    // The other window saw revision 1: the same number with other strokes, then a higher one.
    for (const revision of [2, 3, 9]) {
      const theirs = { revision, strokes: [stroke, drawn(5)], done: 2, goesOnFrom: [1] };
      await expect(draw(theirs)).rejects.toMatchObject({ kind: "conflict" });
    }
    expect((await ownDrafts())[0]).toMatchObject({ revision: 2, strokes: [stroke, drawn(0)] });
    // Sent twice, and on from a sending whose answer was lost.
    const again = { revision: 2, strokes: [stroke, drawn(0)], done: 2, goesOnFrom: [1, 2] };
    expect(await draw(again)).toEqual({ revision: 2, saved: false });
    expect(await draw({ revision: 4, goesOnFrom: [1, 2, 3] })).toEqual({ revision: 4, saved: false });
    // Overtaken on the way: the stored revision is the answer.
    expect(await draw({ revision: 3, goesOnFrom: [1, 2] })).toEqual({ revision: 4, saved: false });
  });

  it("is kept as it was sent", async () => {
    expect(await draw({ revision: 4, done: 0 })).toEqual({ revision: 4, saved: false });
    expect(await ownDrafts()).toEqual([
      {
        id,
        sliceId,
        basedOn: 1,
        baseLabelId,
        revision: 4,
        strokes: [stroke],
        done: 0,
        updatedAt: expect.any(Date),
      },
    ]);
  });

  it("gives way to what was drawn since", async () => {
    await draw();
    const erased = { tool: "eraser" as const, change: "" };
    expect(await draw({ revision: 2, strokes: [stroke, erased], done: 2 })).toMatchObject({ revision: 2 });
    expect(await ownDrafts()).toMatchObject([{ revision: 2, strokes: [stroke, erased], done: 2 }]);
  });

  it("that arrives late changes nothing", async () => {
    await draw({ revision: 5 });
    expect(await draw({ revision: 5, strokes: [], done: 0 })).toEqual({ revision: 5, saved: false });
    expect(await draw({ revision: 3, strokes: [], done: 0 })).toEqual({ revision: 5, saved: false });
    expect(await ownDrafts()).toMatchObject([{ revision: 5, strokes: [stroke], done: 1 }]);
  });

  it("is the newest one, in whatever order many arrive at once", async () => {
    await Promise.all([3, 7, 1, 5, 6, 2, 4].map((revision) => draw({ revision })));
    expect(await ownDrafts()).toMatchObject([{ revision: 7 }]);
  });

  it("may begin on an empty mask, but on no other slice's label", async () => {
    const [elsewhere] = await listLabels(reader, { sliceId: study.sliceIds[1]! });
    const refused = { kind: "invalid", field: "baseLabelId" };
    await expect(draw({ baseLabelId: elsewhere!.id })).rejects.toMatchObject(refused);
    await expect(draw({ baseLabelId: randomUUID() })).rejects.toMatchObject(refused);
    expect(await database().draft.count()).toBe(0);
    await draw({ baseLabelId: null });
    expect(await ownDrafts()).toMatchObject([{ baseLabelId: null }]);
  });

  it("of more than eight megabytes is refused, and what is there stays", async () => {
    await draw();
    const large = { tool: "threshold" as const, change: "A".repeat(mostStrokeCharacters / 8) };
    const many = { revision: 2, strokes: Array(9).fill(large), done: 9 };
    await expect(draw(many)).rejects.toMatchObject({ kind: "invalid", field: "strokes" });
    expect(await ownDrafts()).toMatchObject([{ revision: 1 }]);
  });

  it("with a stroke that does not fit the slice is refused, also an undone one", async () => {
    // 64 pixels: 62 and 2 fit, 62 and 3 do not; unchanged pixels at the end and half a number are no change.
    const strokeOf = (bytes: number[]) => ({ ...stroke, change: Buffer.from(bytes).toString("base64") });
    for (const bytes of [[62, 3], [5], [0x80], [1, 0]]) {
      await expect(draw({ strokes: [stroke, strokeOf(bytes)] })).rejects.toMatchObject({
        kind: "invalid",
        field: "strokes",
        said: { code: "stroke-does-not-fit", stroke: 2, rows: 8, columns: 8 },
      });
    }
    expect(await database().draft.count()).toBe(0);
    await draw({ strokes: [stroke, strokeOf([62, 2])] });
  });

  it("is for people, and for slices that there are", async () => {
    await expect(draw({}, systemActor)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(draw({ sliceId: randomUUID() })).rejects.toMatchObject({ kind: "not-found" });
  });

  it("has no more strokes that stand than strokes", () => {
    const whole = { sliceId, id, basedOn: 1, baseLabelId, revision: 1, strokes: [stroke], done: 1 };
    expect(SaveDraft.safeParse(whole).success).toBe(true);
    expect(SaveDraft.safeParse({ ...whole, done: 2 }).error?.issues[0]?.path).toEqual(["done"]);
    expect(SaveDraft.safeParse({ ...whole, revision: 0 }).success).toBe(false);
    expect(SaveDraft.safeParse({ ...whole, strokes: [{ ...stroke, change: "?" }] }).success).toBe(false);
  });
});

describe("a second draft of the same person's", () => {
  const second = randomUUID();

  it("is refused, and the first stays", async () => {
    await draw();
    await expect(draw({ id: second, revision: 9 })).rejects.toMatchObject({
      kind: "conflict",
      said: { code: "other-strokes" },
    });
    expect(await ownDrafts()).toMatchObject([{ id, revision: 1 }]);
  });

  it("takes the place of the one it names, and of no other", async () => {
    await draw();
    await expect(draw({ id: second, replaces: randomUUID() })).rejects.toMatchObject({ kind: "conflict" });
    expect(await draw({ id: second, replaces: id })).toEqual({ revision: 1, saved: false });
    expect(await draw({ id: second, replaces: id, revision: 2 })).toEqual({ revision: 2, saved: false });
    expect(await ownDrafts()).toMatchObject([{ id: second, revision: 2 }]);
    expect(await database().auditEvent.count({ where: { action: "draft.discarded", subjectId: id } })).toBe(
      1,
    );
  });

  it("that begins at the same moment is refused", async () => {
    const outcomes = await Promise.allSettled([draw(), draw({ id: second })]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await database().draft.count()).toBe(1);
  });

  it("is free on another slice, under another id", async () => {
    await draw();
    const elsewhere = { sliceId: study.sliceIds[1]!, baseLabelId: null };
    await expect(draw(elsewhere)).rejects.toMatchObject({ kind: "conflict" });
    await draw({ ...elsewhere, id: second });
    expect(await ownDrafts()).toHaveLength(2);
  });
});

describe("a draft and its label", () => {
  it("the draft ends with the label that is saved under its id", async () => {
    await draw();
    await commit();
    expect(await ownDrafts()).toEqual([]);
  });

  it("stays when another label is saved", async () => {
    await draw();
    await commit(randomUUID());
    expect(await ownDrafts()).toMatchObject([{ id }]);
  });

  it("stays when its label is refused", async () => {
    await draw();
    await commit(randomUUID());
    await expect(commit()).rejects.toMatchObject({ kind: "conflict" });
    expect(await ownDrafts()).toMatchObject([{ id }]);
  });

  it("does not come back when it arrives after its label", async () => {
    await draw();
    await commit();
    expect(await draw({ revision: 8 })).toEqual({ revision: 8, saved: true });
    expect(await database().draft.count()).toBe(0);
  });

  it("does not come back when it arrives with its label", async () => {
    await Promise.all([draw({ revision: 1 }), commit(), draw({ revision: 2 }), draw({ revision: 3 })]);
    expect(await database().draft.count()).toBe(0);
    expect(await database().label.count({ where: { saveId: id } })).toBe(1);
  });

  it("cannot have the id of another's label", async () => {
    await commit();
    await expect(draw({}, other)).rejects.toMatchObject({ kind: "conflict" });
    expect(await database().draft.count()).toBe(0);
  });
});

describe("open pages", () => {
  it("hear of a drawing's beginning, its last stroke undone, and its end; not of each stroke", async () => {
    const heard: string[] = [];
    const stop = listen(changeChannel, (payload) => heard.push(payload));
    const change = JSON.stringify({ topic: "draft", id: sliceId });
    try {
      await expect.poll(() => listenerIsThere()).toBe(true);
      await draw();
      await expect.poll(() => heard).toEqual([change]);
      await draw({ revision: 2, strokes: [stroke, stroke], done: 2 });
      await draw({ revision: 3, done: 0 });
      await draw({ revision: 4, done: 1 });
      await discardDraft(reader, { sliceId, id });
      await expect.poll(() => heard).toEqual([change, change, change, change]);
    } finally {
      await stop();
    }
  });
});

async function listenerIsThere() {
  const rows = await database().$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`;
  return rows.length > 0;
}
