import "fake-indexeddb/auto";
import { deleteDB, type IDBPDatabase, openDB } from "idb";
import { beforeEach, describe, expect, it } from "vitest";
import { beginDraft, withStroke } from "@/app/(workspace)/reading-room/room/drawing/draft";
import { openJournal } from "@/app/(workspace)/reading-room/room/journal";
import { keptSave, type Save } from "@/app/(workspace)/reading-room/room/saves/save";

/** On a database as browsers have it (fake-indexeddb). */

let others: IDBPDatabase[] = [];
beforeEach(async () => {
  for (const other of others) other.close();
  others = [];
  await deleteDB("sulcus");
});
const draft = (id: string, sliceId = "s") =>
  beginDraft({ id, sliceId, studyId: "y", basedOn: 0, baseLabelId: null }, 0);

/** The journal of version 0.2, as that version made it. */
async function journalOfVersion1() {
  const db = await openDB("sulcus", 1, {
    upgrade(database) {
      for (const name of ["drafts", "saves"])
        database
          .createObjectStore(name, { keyPath: ["userId", "sliceId"] })
          .createIndex("study", ["userId", "studyId"]);
    },
  });
  others.push(db);
  return db;
}

describe("the journal", () => {
  it("gives one person's drafts of a study back, and nobody else's", async () => {
    const [ann, ben] = [openJournal("ann"), openJournal("ben")];
    await ann.putDraft(draft("a"));
    await ann.putDraft({ ...draft("other", "t"), studyId: "z" });
    await ben.putDraft(draft("b"));
    expect(await ann.draftsOf("y")).toEqual([draft("a")]);
    expect(await ben.draftsOf("y")).toEqual([draft("b")]);
  });

  it("removes a draft, but not the one that another window put in its place", async () => {
    const journal = openJournal("ann");
    await journal.putDraft(draft("theirs"));
    await journal.removeDraft("s", "mine");
    expect(await journal.draftsOf("y")).toEqual([draft("theirs")]);
    await journal.removeDraft("s", "theirs");
    expect(await journal.draftsOf("y")).toEqual([]);
  });

  it("gives words back by slice, until they are taken out", async () => {
    const journal = openJournal("ann");
    const words = { reason: "BORDER" as const, note: "at the rim" };
    await journal.putWords("s", "y", words);
    await journal.putWords("t", "z", words);
    expect(await openJournal("ann").wordsOf("y")).toEqual(new Map([["s", words]]));
    await journal.removeWords("s");
    expect(await journal.wordsOf("y")).toEqual(new Map());
  });

  it("makes way for another window that wants the database for itself, and is opened again", async () => {
    const journal = openJournal("ann");
    await journal.putDraft(draft("a"));
    await deleteDB("sulcus");
    await journal.putDraft(draft("b"));
    expect((await journal.draftsOf("y")).map(({ id }) => id)).toEqual(["b"]);
  });

  it("says that it keeps nothing while another window holds it, and tries again", async () => {
    const held = await journalOfVersion1();
    const journal = openJournal("ann");
    await expect(journal.putDraft(draft("a"))).rejects.toThrow("another window");
    held.close();
    await journal.putDraft(draft("a"));
    expect(await journal.draftsOf("y")).toEqual([draft("a")]);
  });
});

describe("a journal that version 0.2 wrote", () => {
  it("gives every stroke and every decision back after the upgrade", async () => {
    const stroke = { tool: "brush" as const, change: Uint8Array.of(3, 2) };
    const drawn = withStroke(draft("drawn"), stroke, 5);
    const decided = {
      saveId: "save",
      revision: 4,
      slice: {
        id: "t",
        position: 3,
        rows: 2,
        columns: 2,
        prediction: { modelId: "m" },
        label: null,
        flags: [],
      },
      basedOn: 2,
      decision: { key: "S", title: "Save drawing, 12 px", labelClass: "TUMOR", mask: "drawn" },
      drawn: "AAAA",
      reason: "BORDER",
      note: "at the rim",
      readingMs: 1234,
      state: "failed",
      message: "The server could not be reached.",
    };
    const old = await journalOfVersion1();
    await old.put("drafts", { userId: "ann", sliceId: "s", studyId: "y", value: drawn });
    await old.put("saves", { userId: "ann", sliceId: "t", studyId: "y", value: decided });
    old.close();

    const journal = openJournal("ann");
    expect(await journal.draftsOf("y")).toEqual([drawn]);
    expect((await journal.savesOf("y")).map(keptSave)).toEqual([
      {
        saveId: "save",
        sliceId: "t",
        revision: 4,
        basedOn: 2,
        modelId: "m",
        decision: { act: "draw", labelClass: "TUMOR", mask: "drawn" },
        drawn: "AAAA",
        drawnFrom: null,
        batchId: null,
        words: { reason: "BORDER", note: "at the rim" },
        readingMs: 1234,
      },
    ]);
    await journal.putWords("s", "y", { reason: null, note: "new" });
    expect((await journal.wordsOf("y")).size).toBe(1);
  });

  it("had saves without a revision, and of slices without a prediction", () => {
    const bare = { saveId: "a", slice: { id: "s", prediction: null }, basedOn: 0, drawn: null, readingMs: 1 };
    const decision = { labelClass: "NO_TUMOR", mask: "none" };
    expect(keptSave({ ...bare, decision, reason: null, note: "" })).toMatchObject({
      revision: null,
      modelId: null,
    });
  });

  it("a save of this version comes back as it was decided, whatever became of it", () => {
    const save: Save = {
      saveId: "a",
      sliceId: "s",
      revision: null,
      basedOn: 1,
      modelId: null,
      decision: { act: "state", labelClass: "NO_TUMOR", mask: "none" },
      drawn: null,
      drawnFrom: null,
      batchId: null,
      words: { reason: null, note: "" },
      readingMs: 1,
      state: "failed",
      message: "no",
      lost: true,
    };
    const { state: _, message: _m, lost: _l, ...decided } = save;
    expect(keptSave(structuredClone(save))).toEqual(decided);
  });
});
