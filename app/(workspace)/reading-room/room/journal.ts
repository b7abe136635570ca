import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Draft } from "./drawing/draft";
import type { Save, Words } from "./saves/save";

/** A record of one person's on one slice, kept in the browser until the server has it. */
interface Kept<Value> {
  userId: string;
  sliceId: string;
  studyId: string;
  value: Value;
}

interface KeptIn<Value> {
  key: [userId: string, sliceId: string];
  value: Kept<Value>;
  indexes: { study: [userId: string, studyId: string] };
}
interface JournalSchema extends DBSchema {
  drafts: KeptIn<Draft>;
  saves: KeptIn<unknown>;
  words: KeptIn<Words>;
}
type StoreName = "drafts" | "saves" | "words";

/** By version of the journal, what it added. Nothing is ever taken out: what an earlier page kept is still there. */
const added: readonly (readonly StoreName[])[] = [["drafts", "saves"], ["words"]];

/** What a browser keeps of one person's unsaved work, so that a crash or a closed tab loses nothing. */
export interface Journal {
  putDraft(draft: Draft): Promise<void>;
  /** Removes this draft alone: another window of this person may keep another one of the same slice. */
  removeDraft(sliceId: string, draftId: string): Promise<void>;
  draftsOf(studyId: string): Promise<Draft[]>;
  putSave(sliceId: string, studyId: string, save: Save): Promise<void>;
  removeSave(sliceId: string): Promise<void>;
  /** As they were kept, perhaps by an earlier version of this page: see `keptSave`. */
  savesOf(studyId: string): Promise<unknown[]>;
  putWords(sliceId: string, studyId: string, words: Words): Promise<void>;
  removeWords(sliceId: string): Promise<void>;
  /** By slice. */
  wordsOf(studyId: string): Promise<Map<string, Words>>;
}

/**
 * The journal of one person in this browser (IndexedDB). Others who sign in here do not see it. Every call rejects
 * where the browser keeps none (a private window, a full disk).
 */
export function openJournal(userId: string): Journal {
  let opened: Promise<IDBPDatabase<JournalSchema>> | undefined;
  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      openDB<JournalSchema>("sulcus", added.length, {
        upgrade(db, from) {
          for (const name of added.slice(from).flat()) {
            db.createObjectStore(name, { keyPath: ["userId", "sliceId"] }).createIndex("study", [
              "userId",
              "studyId",
            ]);
          }
        },
        // A window with an older page holds it, perhaps for hours.
        blocked: () => reject(new Error("another window holds the journal")),
        // Another window wants to upgrade it, or the browser closed it: the next call opens it again.
        blocking(_from, _to, event) {
          (event.target as IDBDatabase).close();
          opened = undefined;
        },
        terminated: () => {
          opened = undefined;
        },
      }).then(resolve, reject);
    });
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  /** Strict: on the disk, and not only on its way there, before it counts as kept. */
  const begin = async <Name extends StoreName>(name: Name) =>
    (await open()).transaction(name, "readwrite", { durability: "strict" });
  const put = async <Name extends StoreName>(name: Name, value: JournalSchema[Name]["value"]) => {
    const { store, done } = await begin(name);
    await Promise.all([store.put(value), done]);
  };
  const remove = async (name: StoreName, sliceId: string) => {
    const { store, done } = await begin(name);
    await Promise.all([store.delete([userId, sliceId]), done]);
  };
  const allOf = async <Name extends StoreName>(name: Name, studyId: string) => {
    const { store } = (await open()).transaction(name);
    return store.index("study").getAll(IDBKeyRange.only([userId, studyId]));
  };
  const record = <Value>(sliceId: string, studyId: string, value: Value) => ({
    userId,
    sliceId,
    studyId,
    value,
  });
  return {
    putDraft: (draft) => put("drafts", record(draft.sliceId, draft.studyId, draft)),
    async removeDraft(sliceId, draftId) {
      const { store, done } = await begin("drafts");
      const removing = store.get([userId, sliceId]).then((kept) => {
        if (kept?.value.id === draftId) return store.delete([userId, sliceId]);
      });
      await Promise.all([removing, done]);
    },
    draftsOf: async (studyId) => (await allOf("drafts", studyId)).map(({ value }) => value),
    putSave: (sliceId, studyId, save) => put("saves", record(sliceId, studyId, save)),
    removeSave: (sliceId) => remove("saves", sliceId),
    savesOf: async (studyId) => (await allOf("saves", studyId)).map(({ value }) => value),
    putWords: (sliceId, studyId, words) => put("words", record(sliceId, studyId, words)),
    removeWords: (sliceId) => remove("words", sliceId),
    wordsOf: async (studyId) =>
      new Map((await allOf("words", studyId)).map(({ sliceId, value }) => [sliceId, value])),
  };
}
