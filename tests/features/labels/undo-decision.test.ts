import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { listLabels } from "@/lib/features/labels/list-labels";
import { myDecisions } from "@/lib/features/labels/my-decisions";
import { nextUnlabelled } from "@/lib/features/labels/next-unlabelled";
import { restoreLabel } from "@/lib/features/labels/restore-label";
import { saveLabel } from "@/lib/features/labels/save-label";
import type { SaveLabel } from "@/lib/features/labels/schema";
import { undoDecision } from "@/lib/features/labels/undo-decision";
import { findStudy } from "@/lib/features/studies/find-study";
import { database, disconnect } from "@/lib/platform/database";
import { type Actor, systemActor } from "@/lib/records/access";
import { emptyDatabase, makeActor, makeModel, makePredictions, makeStudy } from "../../support/factories";

let reader: Actor;
let study: Awaited<ReturnType<typeof makeStudy>>;
let modelId: string;
/** Tumor with an imported mask; the model predicts no tumor. */
let labelled: string;
/** Without a label; the model predicts tumor. */
let bare: string;

beforeEach(async () => {
  await emptyDatabase();
  reader = await makeActor("READER");
  study = await makeStudy("TCGA_CS_0001", [true, null]);
  [labelled, bare] = study.sliceIds as [string, string];
  const model = await makeModel("PRODUCTION");
  modelId = model.id;
  await makePredictions(model, [
    [labelled, 0.2, 0],
    [bare, 0.9, 7],
  ]);
});
afterAll(disconnect);

const save = (sliceId: string, basedOn: number, change: Partial<SaveLabel> = {}, actor = reader) =>
  saveLabel(actor, {
    sliceId,
    basedOn,
    saveId: randomUUID(),
    modelId,
    act: "state",
    labelClass: "NO_TUMOR",
    mask: "none",
    ...change,
  });
const undo = (labelId: string, actor = reader, saveId: string = randomUUID()) =>
  undoDecision(actor, { labelId, saveId });
const slices = async () => (await findStudy(reader, { studyId: study.studyId })).slices;

describe("undoing a decision", () => {
  it("makes the import's label stand again, its flags too, as a new version", async () => {
    const before = (await slices())[0]!;
    expect(before.flags).toEqual(["MODEL_DISAGREES"]);
    const decided = await save(labelled, 1);
    expect((await slices())[0]!.flags).toEqual([]);

    const { studyId, undone, changedSince } = await undo(decided.id);
    expect({ studyId, changedSince }).toEqual({ studyId: study.studyId, changedSince: [] });
    expect(undone[0]!.label).toMatchObject({
      version: 3,
      labelClass: "TUMOR",
      source: "IMPORTED",
      act: "UNDONE",
      maskSha256: before.label!.maskSha256,
      maskOrigin: { kind: "IMPORT" },
      restoredVersion: 1,
      authorName: null,
      undoneByName: "A reader",
    });
    const after = (await slices())[0]!;
    expect(after.flags).toEqual(before.flags);
    expect(after.label).toMatchObject({ version: 3 });
    // What the import said is still the import's own label.
    expect(after.imported).toEqual(before.imported);
  });

  it("leaves a slice that had no label without one, to be labelled again", async () => {
    const decided = await save(bare, 0);
    const { undone } = await undo(decided.id);
    expect(undone[0]!.label).toMatchObject({ version: 2, labelClass: "WITHDRAWN", maskSha256: null });
    expect((await slices())[1]).toMatchObject({ label: null, labelVersion: 2 });
    const row = await database().study.findUniqueOrThrow({ where: { id: study.studyId } });
    expect(row).toMatchObject({ labelledSlices: 1, correctedSlices: 0, statedBits: "10" });
    expect((await nextUnlabelled(reader, { sliceId: labelled }))?.sliceId).toBe(bare);
    await expect(save(bare, 0)).rejects.toMatchObject({ kind: "conflict" });
    expect(await save(bare, 2)).toMatchObject({ version: 3, labelClass: "NO_TUMOR" });
    const [, withdrawn] = await listLabels(reader, { sliceId: bare });
    const restoring = { sliceId: bare, basedOn: 3, saveId: randomUUID(), labelId: withdrawn!.id };
    await expect(restoreLabel(reader, restoring)).rejects.toMatchObject({
      kind: "invalid",
      field: "labelId",
    });
  });

  it("can be undone in turn: the decision stands once more, as it was decided", async () => {
    const decided = await save(bare, 0, { act: "use-model", labelClass: "TUMOR", mask: "proposed" });
    const { undone } = await undo(decided.id);
    const again = (await undo(undone[0]!.label.id)).undone[0]!.label;
    expect(again).toMatchObject({ version: 3, act: "USED_MODEL", source: "MODEL", areaPixels: 7 });
    expect(again.maskOrigin).toMatchObject({ kind: "MODEL" });
    // And that once more.
    expect((await undo(again.id)).undone[0]!.label).toMatchObject({ version: 4, labelClass: "WITHDRAWN" });
  });

  it("goes on to the decision before on the same slice", async () => {
    const first = await save(labelled, 1, { act: "keep", labelClass: "TUMOR", mask: "current" });
    const second = await save(labelled, 2);
    await undo(second.id);
    const [, row] = await myDecisions(reader);
    expect(row).toMatchObject({ label: { id: first.id }, state: "stands" });
    const { undone } = await undo(first.id);
    expect(undone[0]!.label).toMatchObject({ version: 5, source: "IMPORTED", restoredVersion: 1 });
    // And back again: the first decision stands, as it was decided.
    const again = (await undo(undone[0]!.label.id)).undone[0]!.label;
    expect(again).toMatchObject({ version: 6, act: "KEPT", restoredVersion: 2 });
  });

  it("gives the label back to the person whose it was", async () => {
    const other = await makeActor("READER");
    const theirs = await save(labelled, 1, { act: "keep", labelClass: "TUMOR", mask: "current" }, other);
    const mine = await save(labelled, 2);
    const { undone } = await undo(mine.id);
    const row = await database().label.findUniqueOrThrow({ where: { id: undone[0]!.label.id } });
    expect(row).toMatchObject({ authorId: other.id, undoneById: reader.id, source: theirs.source });
    // What another took back is not theirs to undo; what they decided stands.
    await expect(undo(row.id, other)).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("takes back all that was saved together, and names what was labelled since", async () => {
    const batchId = randomUUID();
    const first = await save(labelled, 1, { batchId });
    const second = await save(bare, 0, { batchId });
    const both = await undo(second.id);
    expect(both.undone.map(({ position }) => position)).toEqual([1, 2]);
    const redone = await undo(both.undone[0]!.label.id);
    expect(redone.undone.map(({ label }) => label.act)).toEqual(["STATED", "STATED"]);

    await save(labelled, 4, {}, await makeActor("READER"));
    const rest = await undo(redone.undone[1]!.label.id);
    expect(rest.undone.map(({ position }) => position)).toEqual([2]);
    expect(rest.changedSince).toEqual([1]);
    await expect(undo(first.id)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("is refused after someone else's save, and for another's decision", async () => {
    const decided = await save(labelled, 1);
    await expect(undo(decided.id, await makeActor("ADMIN"))).rejects.toMatchObject({ kind: "forbidden" });
    await save(labelled, 2, {}, await makeActor("READER"));
    await expect(undo(decided.id)).rejects.toMatchObject({ kind: "conflict" });
    await expect(undo(randomUUID())).rejects.toMatchObject({ kind: "not-found" });
    await expect(undo(decided.id, systemActor)).rejects.toMatchObject({ kind: "forbidden" });
    expect(await database().label.count()).toBe(3);
  });

  it("is one version however often it is sent", async () => {
    const decided = await save(labelled, 1);
    const saveId = randomUUID();
    const answers = await Promise.all([undo(decided.id, reader, saveId), undo(decided.id, reader, saveId)]);
    expect(answers[0]).toEqual(answers[1]);
    expect(await database().label.count()).toBe(3);
  });
});

describe("my decisions", () => {
  it("are the newest first, with what became of each; what was undone by others' labels is said", async () => {
    const kept = await save(labelled, 1, { act: "keep", labelClass: "TUMOR", mask: "current" });
    const stated = await save(bare, 0);
    await undo(kept.id);
    await save(bare, 1, {}, await makeActor("READER"));
    const rows = await myDecisions(reader);
    expect(rows.map(({ label, position, state }) => [label.id, position, state])).toEqual([
      [stated.id, 2, "changed-since"],
      [kept.id, 1, "taken-back"],
    ]);
    expect(rows[0]).toMatchObject({ studyId: study.studyId, patientKey: "TCGA_CS_0001" });
  });

  it("have no imports, no one else's, and no more than twenty", async () => {
    await save(bare, 0, {}, await makeActor("READER"));
    for (let version = 1; version <= 21; version++) await save(labelled, version);
    const rows = await myDecisions(reader);
    expect(rows).toHaveLength(20);
    expect(rows.map(({ label }) => label.version)).toEqual(Array.from({ length: 20 }, (_, at) => 22 - at));
    expect(rows.map(({ state }) => state).indexOf("stands")).toBe(0);
  });
});
