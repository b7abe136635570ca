import { beforeEach, describe, expect, it, vi } from "vitest";
import { beginDraft } from "@/app/(workspace)/reading-room/room/drawing/draft";
import { openJournal } from "@/app/(workspace)/reading-room/room/drawing/journal";

interface Kept {
  userId: string;
  sliceId: string;
  studyId: string;
  value: { id: string };
}
interface Callbacks {
  blocked(): void;
  blocking(from: number, to: number, event: { target: { close(): void } }): void;
}

/** As much of a browser's database as the journal uses; `opens` are the openings, in order. */
const opens: { callbacks: Callbacks; closed: boolean }[] = [];
const records = new Map<string, Kept>();
let isHeld = false;

vi.mock("idb", () => ({
  openDB: (_name: string, _version: number, callbacks: Callbacks) => {
    const connection = { callbacks, closed: false };
    opens.push(connection);
    if (isHeld) {
      callbacks.blocked();
      return new Promise(() => {});
    }
    return Promise.resolve({
      close: () => {
        connection.closed = true;
      },
      transaction: () => {
        if (connection.closed) throw new Error("InvalidStateError");
        const store = {
          get: async (key: string[]) => records.get(key.join()),
          put: async (record: Kept) =>
            void records.set([record.userId, record.sliceId].join(), structuredClone(record)),
          delete: async (key: string[]) => void records.delete(key.join()),
        };
        return { store, done: Promise.resolve() };
      },
      getAllFromIndex: async (_name: string, _index: string, [userId, studyId]: string[]) =>
        [...records.values()].filter((one) => one.userId === userId && one.studyId === studyId),
    });
  },
}));

beforeEach(() => {
  opens.length = 0;
  records.clear();
  isHeld = false;
});
const draft = (id: string, sliceId = "s") =>
  beginDraft({ id, sliceId, studyId: "y", basedOn: 0, baseLabelId: null }, 0);

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

  it("makes way for another window that upgrades it, and is opened anew", async () => {
    const journal = openJournal("ann");
    await journal.putDraft(draft("a"));
    const [first] = opens;
    first!.callbacks.blocking(1, 2, {
      target: {
        close: () => {
          first!.closed = true;
        },
      },
    });
    await journal.putDraft(draft("b"));
    expect([opens.length, (await journal.draftsOf("y"))[0]!.id]).toEqual([2, "b"]);
  });

  it("says that it keeps nothing while another window holds it, and tries again", async () => {
    isHeld = true;
    const journal = openJournal("ann");
    await expect(journal.putDraft(draft("a"))).rejects.toThrow("another window");
    isHeld = false;
    await journal.putDraft(draft("a"));
    expect(await journal.draftsOf("y")).toEqual([draft("a")]);
  });
});
